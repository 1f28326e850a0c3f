#include "logarithms.h"

VERSIONS(logarithms, (double *numbers, size_t count), (numbers, count))
