#include "chain.h"

/* Multiplies a vector by the matrix of a step. */
INLINE void apply(const chaff_steps *steps, const float *source, uint8_t from, uint8_t to, floats *out) {
  multiply(steps->matrices + (from * steps->forms + to) * steps->rows * 16, 0, steps->rows, source, out);
}

INLINE void forward(const chaff_steps *steps, const uint8_t *forms, const float *likelihoods, size_t lines,
                    float *alphas) {
  for (size_t line = 1; line < lines; line++) {
    floats before, own, out;
    load(&before, alphas + 16 * (line - 1));
    load(&own, likelihoods + 16 * line);
    float factor = scale(&before);
    apply(steps, alphas + 16 * (line - 1), forms[line - 1], forms[line], &out);
    out *= own * factor;
    store(alphas + 16 * line, &out);
  }
}

INLINE void backward(const chaff_steps *steps, const uint8_t *forms, const float *likelihoods, size_t lines,
                     const float *alphas, const float *prior, float *beta, size_t decided, float *posteriors) {
  floats vector;
  load(&vector, beta);
  for (size_t line = lines; line-- > 0;) {
    floats own;
    if (line < decided) {
      load(&own, alphas + 16 * line);
      own *= vector;
      settle(&own, prior);
      store(posteriors + 16 * line, &own);
    }
    if (line == 0) break;
    float factor = scale(&vector);
    load(&own, likelihoods + 16 * line);
    vector *= own;
    float source[16];
    store(source, &vector);
    apply(steps, source, forms[line - 1], forms[line], &vector);
    vector *= factor;
  }
  store(beta, &vector);
}

VERSIONS(forward,
         (const chaff_steps *steps, const uint8_t *forms, const float *likelihoods, size_t lines, float *alphas),
         (steps, forms, likelihoods, lines, alphas))

VERSIONS(backward,
         (const chaff_steps *steps, const uint8_t *forms, const float *likelihoods, size_t lines, const float *alphas,
          const float *prior, float *beta, size_t decided, float *posteriors),
         (steps, forms, likelihoods, lines, alphas, prior, beta, decided, posteriors))
