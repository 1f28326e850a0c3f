/* A target needs a source file; the function is inlined from the header. */
#include "byte_mask.h"
