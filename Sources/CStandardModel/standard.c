#include "standard_model.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

/* The file is refreshed by `chaff train TrainingData --output Sources/CStandardModel/standard.chaffmodel`.
   `#embed` costs no compile time and leaves the bytes in the read-only pages of the binary. */
_Alignas(64) static const unsigned char model[] = {
#embed "standard.chaffmodel"
};

const unsigned char *chaff_standard_model(void) { return model; }

size_t chaff_standard_model_size(void) { return sizeof model; }
