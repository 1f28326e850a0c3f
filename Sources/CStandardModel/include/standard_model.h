#ifndef CHAFF_STANDARD_MODEL_H
#define CHAFF_STANDARD_MODEL_H

#include <stddef.h>

/* The bytes of the model file that was trained from TrainingData/. They live as long as the program. */
const unsigned char *chaff_standard_model(void);
size_t chaff_standard_model_size(void);

#endif
