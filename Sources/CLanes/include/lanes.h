#ifndef CHAFF_LANES_H
#define CHAFF_LANES_H

#include <stddef.h>
#include <stdint.h>

/* The loops that classifying spends most of its time in, each compiled for what all processors of an architecture have and,
   on x86-64, for AVX2 and AVX-512 too; the processor at hand decides when they are called. Swift has no means to compile a
   function for several processors. All versions give the same bits: sums have a fixed order, and products are fused with
   them only where it is written so. */

/* Forbids vectors of more bits than these, for tests that compare the versions; 512 allows all. */
void chaff_limit_vectors(int bits);

/* Memory of zeros, which takes none until it is used, as filling it would; none if there is none. To be given back by
   chaff_free. */
void *chaff_zeros(size_t count, size_t size);
void chaff_free(void *memory);

/* Asks the system for all of some memory that will be written to, which is faster than page by page. Where it cannot be asked,
   older systems among them, nothing happens. */
void chaff_populate(void *memory, size_t bytes);

/* The masks of 64 bytes, a bit a byte, the first byte's lowest: see BlockMasks. */
typedef struct {
  uint64_t letters, capitals, digits, feeds, stops, marks, wide, folded;
} chaff_block_masks;

/* Reads the masks of `blocks` times 64 bytes. */
void chaff_read_masks(const uint8_t *bytes, size_t blocks, chaff_block_masks *masks);

/* Where words are in blocks, and what is known of the lines that end there, a mask a block. */
typedef struct {
  /* The first bytes of words, and the bytes behind words; a line feed counts as a word. */
  uint64_t *starts, *ends;
  /* How many words begin before each block. */
  uint32_t *before;
  /* Where words begin, but for those that are joined to the one before ("HomeNews"), marks and line feeds. */
  uint64_t *tokens;
  /* Line feeds of lines that end as a sentence does, of blank lines, of lines with joined words, and of lines with letters
     beyond ASCII. */
  uint64_t *sentences, *blanks, *joined, *accented;
} chaff_words;

/* Finds words in blocks that follow each other. */
void chaff_read_words(const chaff_block_masks *masks, size_t blocks, const chaff_words *words);

/* Lists where the bits of masks stand; up to fifteen numbers too many are written. */
void chaff_list_bits(const uint64_t *masks, size_t blocks, uint32_t *list, size_t *count);

/* Lists where line feeds stand in bytes from `start` to `end`, behind which 63 more are read, until there are as many as
   `most`, or up to 63 more; up to fifteen numbers too many are written. */
void chaff_list_feeds(const uint8_t *bytes, size_t start, size_t end, size_t most, uint32_t *list, size_t *count);

/* What is known of words. */
typedef struct {
  /* Their hashes. */
  uint64_t *words;
  /* Of words of letters, of which no capital follows a small letter: whether no letter is a capital (1), all are (2), only
     the first (4). Words that are put together: the first letter is a capital (0), or not (3). */
  uint8_t *looks;
  /* A bit for each word that has more than eight bytes, and for each that begins with a digit. */
  uint64_t *longs, *numbers;
} chaff_hashed;

/* Hashes words as if they had up to eight bytes, and no letters beyond ASCII that folding changes; seven bytes behind each are
   read, and up to seven words too many are written. */
void chaff_hash_words(const uint8_t *text, const uint32_t *starts, const uint32_t *ends, size_t count,
                      const chaff_hashed *hashed);

/* Hashes the words of a list, of more than eight bytes. */
void chaff_hash_long_words(const uint8_t *text, const uint32_t *starts, const uint32_t *ends, const uint32_t *list,
                           size_t count, const chaff_hashed *hashed);

/* Hashes the numbers of a list. names: the hashes of numbers of one to four digits, of more, and of years. */
void chaff_hash_numbers(const uint8_t *text, const uint32_t *starts, const uint32_t *ends, const uint32_t *list,
                        size_t count, const uint64_t *names, uint64_t *words);

/* Hashes `count` pairs of neighbours among `count` + 1 words; up to seven more are read and written. */
void chaff_hash_bigrams(const uint64_t *words, size_t count, uint64_t *bigrams);

/* What is known of a line: whether it ends as a sentence does, is blank, has joined words; and whether its words were found
   with those of other lines, and not byte by byte. */
enum { CHAFF_ENDS_SENTENCE = 1, CHAFF_IS_BLANK = 2, CHAFF_HAS_JOINED = 4, CHAFF_IS_REGULAR = 8 };

/* What is known of lines, a number each. */
typedef struct {
  /* Where they begin in the text, one more for where the next would; the number of the first word; how many words there
     are. */
  uint32_t *starts, *first_words, *words;
  uint8_t *traits;
} chaff_columns;

/* What lines are read from. */
typedef struct {
  /* Where the lines' line feeds stand. */
  const uint32_t *feeds;
  size_t count;
  chaff_words words;
  /* Where there is what makes a line irregular, a place a line; behind the last stands UINT32_MAX. */
  const uint32_t *wides;
  /* The mark behind a line's words, and its flag. */
  uint64_t line_mark;
  uint8_t list_end;
} chaff_line_source;

/* What is found of lines. */
typedef struct {
  chaff_columns lines;
  uint64_t *words;
  uint8_t *flags;
  /* The number of each line's list of words. */
  uint32_t *word_lists;
  /* The numbers of lines that are irregular. One more is written. */
  uint32_t *irregular;
  size_t irregular_count;
} chaff_found_lines;

/* Finds what is known of lines. */
void chaff_read_lines(const chaff_line_source *source, chaff_found_lines *found);

/* The ranges of a count: their bounds, see LengthClass. */
typedef struct {
  const int32_t *bounds;
  size_t count;
} chaff_ranges;

/* How lines are told apart by their words. */
typedef struct {
  /* The bounds of length classes, and how many vectors of coefficients each has. */
  chaff_ranges lengths;
  int32_t class_size;
  /* All bits, or none where forms are not told apart. */
  int32_t form_mask;
  /* In place of the form of a blank line. */
  int32_t blank;
  /* A line of so many words is not pooled with others. */
  int32_t long_line;
} chaff_line_classes;

/* Finds the forms of lines (LineForm) and where their coefficients begin: UINT32_MAX for a long line. Up to fifteen more are
   read and written. has_long: whether there is a long line, perhaps among those. */
void chaff_read_forms(const chaff_columns *columns, size_t lines, const chaff_line_classes *classes, uint8_t *forms,
                      uint32_t *rows, uint8_t *has_long);

/* A table of features: see FeatureTable. */
typedef struct {
  const uint8_t *pilots, *slots, *rows;
  uint32_t pilot_count, slot_count, row_count, rank_mask;
  size_t lanes;
} chaff_table;

/* Finds the ranks of features' rows by their hashes; the row count for a feature that the table does not have. */
void chaff_find_ranks(const chaff_table *table, const uint64_t *hashes, size_t count, uint32_t *ranks);

/* Sums the rows of lists of features, each row once a list, in a table of rows of sixteen lanes: see FeatureSums.
   flags: 1 for the last of a list, and 2 more for what is no feature. Up to fifteen hashes more are read. stamps: one a row,
   and one for none. stamp: that of the first list; the others' follow. sums: the sum so far, from which the lists' sums run
   on. */
void chaff_sum_features(const chaff_table *table, const uint64_t *hashes, const uint8_t *flags, size_t count,
                        uint16_t *stamps, uint16_t stamp, int16_t *sums);

/* What lines are sorted by. */
typedef struct {
  chaff_columns lines;
  size_t count;
  /* For each block where tokens begin. */
  const uint64_t *tokens;
  /* Lines of more words, and of so many tokens, are not picked. */
  uint32_t longest_line, token_limit;
} chaff_pattern_source;

/* Lines that have a pattern. One more is written. */
typedef struct {
  /* A bit where picked lines begin, and one behind each one's line feed, if there is none yet. */
  uint64_t *borders;
  /* The numbers of these lines, of their first words, and of the marks behind their words. */
  uint32_t *lines, *first_words, *marks;
  /* Which of these have joined words; and the numbers of other lines. */
  uint32_t *joined, *others;
  size_t count, joined_count, other_count;
} chaff_patterns;

/* Sorts out which lines' tokens can be read at once, and which other lines have a pattern. */
void chaff_pick_patterns(const chaff_pattern_source *source, chaff_patterns *patterns);

/* Keeps the tokens of some lines. borders: a bit where such lines begin, and one behind each one's line feed. */
void chaff_pick_lines(const uint64_t *borders, const uint64_t *tokens, size_t blocks, uint64_t *picked);

/* What the tokens of patterns are read from: the bytes, for each block where words begin and line feeds stand, and the words'
   hashes and looks. */
typedef struct {
  const uint8_t *bytes;
  const uint64_t *starts;
  const uint64_t *words;
  const uint8_t *looks;
} chaff_token_text;

/* The hashes of tokens: see TokenNames. */
typedef struct {
  /* For each byte the token that it is as a mark; a line feed is the end of a line. */
  const uint64_t *marks;
  /* Words that stand for themselves, and numbers, in two tables. */
  const uint64_t *common;
  uint32_t common_mask;
  /* For each slot of the tables what the word is without and with a capital; then, of a word that stands for its case, by
     its look. */
  const uint64_t *names;
} chaff_token_names;

/* For lines, the number of the first word, and of the mark behind the last. */
typedef struct {
  const uint32_t *first_words, *marks;
  size_t count;
} chaff_lines;

/* The tokens of lines, and the line feeds behind them. */
typedef struct {
  uint64_t *tokens;
  /* The numbers of line feeds, and of marks beyond ASCII, of which nothing is found. */
  uint32_t *separators, *wides;
  size_t wide_count;
} chaff_tokens;

/* Reads the tokens at the places of lines. named: room for a token for each word, and fifteen more. */
void chaff_read_tokens(const chaff_token_text *text, const chaff_token_names *names, const chaff_lines *lines,
                       const uint32_t *places, size_t count, uint64_t *named, chaff_tokens *tokens);

/* Hashes triples of neighbours, around each token one; those around line feeds are none. start: what stands before a line's
   first token. */
void chaff_hash_triples(const uint64_t *tokens, size_t count, uint64_t start, const uint32_t *separators, size_t lines,
                        uint64_t *triples);

/* Sums of features in the order of a row's bytes, sixteen lanes each: those of lists, which run on from list to list, and the
   numbers of lines' lists. */
typedef struct {
  const int16_t *words, *bigrams, *triples;
  const uint32_t *word_lists, *bigram_lists, *triple_lists;
} chaff_sums;

/* How many blocks of features there are: see FeatureBlock. */
enum { CHAFF_BLOCKS = 3 };

/* Log-opinion pool of lines, then likelihoods against the largest: see LineScorer.
   rows: for each line where its coefficients begin, a vector a block; UINT32_MAX for a line that is passed over. Coefficients and
   bias are in the order of a row's bytes; the mask and likelihoods, one vector a line, in that of the labels. */
void chaff_pool(const chaff_sums *sums, const uint32_t *rows, size_t lines, const float *coefficients,
                const float *bias, const float *mask, float *likelihoods);

/* The same for lines whose scores are known, a vector a block, in the order of the labels: see PoolWeights.
   lengths: the length class of each line; weights: a vector a block, for each length class. */
void chaff_pool_held_out(const float *scores, const uint8_t *lengths, size_t lines, const float *weights,
                         const float *bias, const float *mask, float *likelihoods);

/* A slot of a table of features by hash, with open addressing over a power of two: see FeatureIndex. */
typedef struct {
  uint64_t hash;
  /* The feature's number plus 1; 0 is empty. */
  uint32_t number;
  /* Where the feature was met last. */
  uint32_t line;
} chaff_feature_slot;

/* Asks for the slots where hashes belong, so that they are in the cache when they are looked for. */
void chaff_fetch_slots(const chaff_feature_slot *slots, size_t mask, const uint64_t *hashes, size_t count);

/* Finds the numbers of features plus 1; 0 for those that are not there. */
void chaff_find_features(const chaff_feature_slot *slots, size_t mask, const uint64_t *hashes, size_t count,
                         uint32_t *numbers);

/* Finds the numbers of features of a line, of each once, and numbers new ones, from `known` on. mask: one less than the slots,
   of which there must be more than features. line: a number above 0, not below those of lines before. numbers, added: room
   for `count`; `added` receives the hashes of new features. Returns how many numbers there are. */
size_t chaff_number_features(chaff_feature_slot *slots, size_t mask, const uint64_t *hashes, size_t count,
                             uint32_t line, uint32_t known, uint32_t *numbers, uint64_t *added, size_t *added_count);

/* Adds the slopes of lines, and their scores times the slopes: see LineSlopes.
   categories: the gold category of each line, UINT8_MAX for a line without a label; members: a vector a category; sums:
   for each block and length class a vector, and one more for the slopes themselves. */
void chaff_add_slopes(const float *posteriors, const float *scores, const uint8_t *lengths, size_t length_count,
                      const uint8_t *categories, size_t lines, const float *members, float *sums);

/* Adds the sums of a page to those of pages, and sets them to 0. */
void chaff_add_page(float *page, size_t count, double *sums);

/* Exchanges positive, finite, normal numbers for their natural logarithms, eight at a time: see Reproducible. */
void chaff_logarithms(double *numbers, size_t count);

/* What the log-likelihoods of features hang on: see LogLikelihoods. By block the smoothing and the background; by block and
   label the logarithm of the total. */
typedef struct {
  size_t labels;
  const double *smoothing, *background, *log_totals;
} chaff_likelihoods;

/* Works rows out: `features × labels`, as the counts are. */
void chaff_log_likelihoods(const chaff_likelihoods *likelihoods, const int32_t *counts, const uint8_t *blocks,
                           size_t features, double *rows);

/* The same in single precision and sixteen lanes a group of labels, zeros behind the last. */
void chaff_narrow_rows(const double *rows, size_t features, size_t labels, size_t groups, float *narrow);

/* Adds the rows of a line's features times their gains, in order, to the sums of their blocks: `blocks × groups` vectors. */
void chaff_add_feature_rows(const float *rows, const float *gains, const uint8_t *blocks, const uint32_t *features,
                            size_t count, size_t groups, float *sums);

/* A line that the gains of its features are fitted by: see GainFitter. */
typedef struct {
  /* A vector a group: the posteriors; 1 in the lanes of the gold category's labels. */
  const float *posteriors, *members;
  /* The pool's weights for lines of its length: `blocks × groups` vectors. */
  const float *weights;
  /* Receives the posterior of the gold category. */
  float category;
} chaff_gain_line;

/* In steps of 2^-24: how a feature's gain wants to change, and how fast that changes with it. */
typedef struct {
  int64_t slope, curvature;
} chaff_gain_slope;

/* Adds what a line says of the gains of its features: slopes and, where wanted, curvatures. */
void chaff_add_gain_slopes(chaff_gain_line *line, const float *rows, const uint8_t *blocks, const uint32_t *features,
                           size_t count, size_t groups, int with_curvature, chaff_gain_slope *slopes);

/* Counts a line's features: adds its weight to its label's counts, `features × labels`, and counts the features of each
   block. known: how many features follow in memory at least, so that their counts can be asked for. */
void chaff_count_features(const uint32_t *features, size_t count, size_t known, size_t labels, size_t label,
                          int32_t weight, const uint8_t *blocks, int32_t *counts, uint32_t *block_counts);

/* Keeps some of a line's features. numbers: what each is called henceforth; UINT32_MAX for one that is left out. kept: room for
   `count`. left_out: counts, by block, those that are. Returns how many are kept. */
size_t chaff_keep_features(const uint32_t *features, size_t count, const uint32_t *numbers, const uint8_t *blocks,
                           uint32_t *kept, uint32_t *left_out);

/* Counts the pieces of a text between spaces. */
size_t chaff_count_pieces(const uint8_t *text, size_t count);

/* Of a feature: on how many pages it stands, and on which it was seen last. */
typedef struct {
  int32_t pages, last;
} chaff_paged_feature;

/* Counts the page of a line's features `times`, if they have not been seen on it yet. */
void chaff_count_page(const uint32_t *features, size_t count, int32_t page, int32_t times, chaff_paged_feature *paged);

/* Rows, and what is remembered of some: see LineMemory. */
typedef struct {
  /* The rows, behind which 64 bytes more are read, and where their line feeds stand in a text; `origin` is where the rows
     begin in it. */
  const uint8_t *text;
  const uint32_t *feeds;
  size_t count, origin;
  /* What is remembered: for each place two numbers, the row's bytes with its line feed. */
  const uint64_t *keys;
  size_t place_mask;
  /* The place of the first new row. */
  size_t new_place;
  /* New rows are taken until they have so many bytes; one is taken in any case. */
  size_t byte_limit;
} chaff_row_source;

/* A new row that can be remembered: its bytes with its line feed, its place, and its number among the new. */
typedef struct {
  uint64_t key[2];
  uint32_t place, row;
} chaff_short_row;

/* Rows that were taken. */
typedef struct {
  /* The place of each row. */
  int32_t *places;
  /* The new rows, each with its line feed, behind which 63 bytes more are written; and where those stand. */
  uint8_t *bytes;
  uint32_t *feeds;
  /* One more is written. */
  chaff_short_row *shorts;
  size_t count, new_count, short_count;
} chaff_chunk_rows;

/* Takes rows, and brings those together that are not remembered. */
void chaff_read_rows(const chaff_row_source *source, chaff_chunk_rows *rows);

/* Remembers new rows: takes what is known of them, from `new_place` on, over to their places. */
void chaff_remember_rows(const chaff_short_row *shorts, size_t count, size_t new_place, size_t groups, uint64_t *keys,
                         uint8_t *forms, float *likelihoods);

/* What is known of lines by their places: their forms, or that they are blank, and likelihoods, groups of sixteen. */
typedef struct {
  const uint8_t *forms;
  const float *likelihoods;
  size_t groups;
  uint8_t blank;
} chaff_known_lines;

/* Takes over what is known of rows that are not blank; `lines` receives how many. There must be room for all rows. */
void chaff_take_rows(const chaff_known_lines *known, const int32_t *places, size_t rows, uint8_t *is_blank,
                     uint8_t *forms, float *likelihoods, size_t *lines);

/* The steps of a chain over up to sixteen labels: see ChainSteps. */
typedef struct {
  /* forms × forms × rows vectors. */
  const float *matrices;
  size_t forms;
  /* An even number. */
  size_t rows;
} chaff_steps;

/* Goes forward over lines 1 to `lines` − 1; the vector of line 0 is there already: see ForwardBackward. */
void chaff_forward(const chaff_steps *steps, const uint8_t *forms, const float *likelihoods, size_t lines,
                   float *alphas);

/* Goes back over lines; `beta` is the vector behind the last, and changes. Posteriors are written of the first `decided`
   lines; where nothing is left of a line, the prior. */
void chaff_backward(const chaff_steps *steps, const uint8_t *forms, const float *likelihoods, size_t lines,
                    const float *alphas, const float *prior, float *beta, size_t decided, float *posteriors);

/* The phases of a page: see PagePhases. */
enum { CHAFF_LIST, CHAFF_BEFORE, CHAFF_HEAD, CHAFF_ARTICLE, CHAFF_AFTER, CHAFF_PHASES };

/* Which labels there are: all of them, those of the article, and that of its text. */
typedef struct {
  size_t labels, article, article_end, text;
} chaff_phase_labels;

/* The steps of a chain over the labels of five phases: see PhaseSteps. */
typedef struct {
  /* forms × forms records. Each has a matrix for each phase, of a vector a label, and one vector more. Going forward a matrix's
     rows are labels of the line before, and its lanes what these lead to: the labels of the phase itself, from `before` those
     of the article without its text too, which are of `head`, and from all but `article` that text. The vector has the steps
     from the text to `after`. Going back rows are labels of the line behind, and lanes those that lead to them; in the lane of
     the text the matrix of `after` has the steps from that text. Nothing else is other than 0. */
  const float *records;
  size_t forms;
  chaff_phase_labels labels;
} chaff_phase_steps;

/* What keeps the numbers of a pass from fading: see phases.h. */
typedef struct {
  /* Of all lanes of the line. */
  float sum;
  /* What the next line is scaled by, and the one behind it. */
  float factor, next_factor;
} chaff_scaling;

/* What a line leaves to the next. */
typedef struct {
  float vectors[CHAFF_PHASES][16];
  chaff_scaling scaling;
  /* How likely the line is by those before it, times the largest likelihood. */
  float total;
  /* A bit for each phase that is more than nothing. */
  uint8_t alive;
  uint8_t form;
  /* Whether there was a line. */
  uint8_t has_begun;
} chaff_phase_carry;

/* Goes forward over lines. initial: forms × phases vectors. alphas: receives, line by line, the vectors of the phases that
   are alive; alive: which these are; totals: the carry's total after each line. Returns how many vectors were written in
   `written`. */
void chaff_forward_phases(const chaff_phase_steps *steps, const float *initial, const uint8_t *forms,
                          const float *likelihoods, size_t lines, chaff_phase_carry *carry, float *alphas,
                          uint8_t *alive, float *totals, size_t *written);

/* Goes back over lines; `beta` has the vectors behind the last, one a phase, and changes. `alphas` are those of the first
   `decided` lines, one or more, as going forward wrote them, `vectors` of them; these lines get posteriors, or, where
   nothing is left of a line, the prior. */
void chaff_backward_phases(const chaff_phase_steps *steps, const uint8_t *forms, const float *likelihoods, size_t lines,
                           const float *alphas, const uint8_t *alive, size_t vectors, const float *prior, float *beta,
                           size_t decided, float *posteriors);

/* Forward passes over a page, each with some labels forbidden: see PagePresence. */
typedef struct {
  size_t passes;
  /* Where the labels begin that each pass forbids, and where those of the last end. */
  const size_t *categories;
  /* For each pass 0 in the lanes of forbidden labels, and 1 in the others. */
  const float *masks;
  chaff_phase_carry *carries;
  /* How likely the page so far is by each pass, by how likely it is with all labels; 0 from where that is negligible. When all
     are 0, nothing is worked out any more. */
  double *ratios;
  double negligible;
} chaff_presence;

/* Leads passes on over lines. totals, alive: those of the pass with all labels; what it has given up no other goes on with. */
void chaff_pass_phases(const chaff_phase_steps *steps, const float *initial, const uint8_t *forms,
                       const float *likelihoods, size_t lines, const float *totals, const uint8_t *alive,
                       const chaff_presence *presence);

/* Raises the posteriors of lines, of so many vectors each, to a power of so many eighths below 8, and scales them to a sum
   of 1: see Temperature. */
void chaff_temper(float *posteriors, size_t lines, size_t groups, int eighths);

/* Finds the most probable category of lines, the most probable label in it, and the category's probability: see Decision.
   ends: for each category the number behind its last label's. */
void chaff_decide(const float *posteriors, size_t lines, const uint8_t *ends, size_t categories, uint8_t *labels,
                  float *probabilities);

/* Rows that are written, and what was decided of them. */
typedef struct {
  /* Behind the last row, 64 bytes more are read. */
  const uint8_t *text;
  /* Where the rows' line feeds stand; the first `ended_count` rows have a line end of their own, which may have a carriage
     return. */
  const uint32_t *feeds;
  size_t count, ended_count;
  const uint8_t *is_blank;
  /* Of the lines that are not blank; probabilities are from 0 to 1. */
  size_t lines;
  const uint8_t *labels;
  const float *probabilities;
} chaff_decided_rows;

/* What stands before a line, for each label: its length and so many bytes, the last seven of which are those of a probability
   and a tab. `size` is from one to the next. Behind the last, 32 bytes more are read. */
typedef struct {
  const uint8_t *bytes;
  size_t size;
} chaff_row_heads;

/* Writes rows with labels and probabilities: see TSVWriter. Behind them, up to 64 bytes more are written. */
void chaff_write_rows(const chaff_decided_rows *rows, const chaff_row_heads *heads, uint8_t *out, size_t *written);

#endif
