#ifndef BASE_LIMITS_H
#define BASE_LIMITS_H

/* Every limit of the engine, with its reason.  Passing one is an error with a
 * sentence (STATUS_LIMIT), never a crash or a silent cut. */

/* A row of EPD is about 390 bytes and none seen passes 1,000; a longer record
 * is an unclosed quote that swallows the rows behind it. */
#define LIMIT_ROW_BYTES (64 * 1024)

/* EPD has 27 columns, the widest extract known (epraccur, PCA) 27 as well. */
#define LIMIT_COLUMNS 64

/* Rejected rows kept for rejects.csv before the file is refused outright: the
 * default share of 0.01% would need a file of 655 million rows to get here. */
#define LIMIT_REJECTS 65536

/* Bytes of a rejected row kept for rejects.csv: whole rows of every extract. */
#define LIMIT_REJECT_TEXT 2000

/* England has about 9,300 prescribing codes in a month and 1,800 chemicals, and all of the BNF some
 * 80,000 presentations; 2^17 distinct places or presentations mean that a column is not a code.
 * A million of them took 400 and 520 MiB. */
#define LIMIT_PLACES (1u << 17)
#define LIMIT_PRESENTATIONS (1u << 17)

/* Rows of one register file: the largest, epraccur, has some 45,000, and a row takes 300 bytes. */
#define LIMIT_REGISTER_ROWS (1u << 18)

/* Groups of one's own, and their members: a report has rows for each group and month. */
#define LIMIT_GROUPS (1u << 14)
#define LIMIT_GROUP_MEMBERS (1u << 18)

/* A code of an organisation or a presentation; the longest known has 15. */
#define LIMIT_CODE_BYTES 32

/* A name of an organisation or of a presentation in scope: the longest seen has 130 bytes, and dm+d
 * gives a VMP 255 characters.  Names stand in every row about what they name: 5,000 of 30 kB made
 * files of 7.2 GB. */
#define LIMIT_NAME_BYTES 512

/* The largest window of zstd without --long=28 and more.  Unpacking takes it whole in memory,
 * 128 MiB; the next size would pass the 200 MB that a run may take. */
#define LIMIT_ZSTD_WINDOW_LOG 27

/* A rules file: the largest we ship is about 200 KiB; cJSON takes some forty
 * times the text in memory. */
#define LIMIT_RULE_BYTES (4 * 1024 * 1024)

/* Patients of one practice: the largest has some 120,000; a hundred times that means
 * that a column is not a list size. */
#define LIMIT_PATIENTS 12000000

/* Measures are summed in one block a place and month. */
#define LIMIT_MEASURES 128

/* Least common multiple of all pack sizes: the denominator in which inhalers
 * are summed without rounding.  30 and 60 capsules give 60. */
#define LIMIT_PACK_MULTIPLE 1000000

#endif
