/* Eligible pairs, their scores and the best k of each post: bitmaps of who meets one demand, ANDed.
 *
 * Candidates stand in buckets by profile, in ascending order. Within a bucket each demand that some post
 * makes ("Italian at least A2", "region 3") becomes a bitmap the first time it is asked for; a post is then
 * an AND over few words (O'Neil & Quass 1997). Pairs are counted first and written once into counted space.
 * Whole numbers alone; the caller hands in every array; threads draw units from a shared counter.
 */
#include <stdint.h>
#include <string.h>

#define EXPORT __attribute__((visibility("default")))
typedef uint8_t u8;
typedef uint64_t u64;
typedef int32_t i32;
typedef int64_t i64;

/* In step with `_Work` in pairs_compiled.py: eight bytes each. */
typedef struct {
    i64 langs, profiles, words, dates, block, slots, k, units, rows, total, next;
    const u64 *regions, *licences, *shifts, *skills;
    const u8 *years, *levels, *schooling;
    const i32 *available, *first;
    const u8 *least_levels, *least_schooling, *least_years;
    const u64 *must_skills, *wished, *must_licences, *post_shifts;
    const i32 *date_rank, *date, *region, *set, *points, *most;
    const i64 *bucket;
    const i32 *members;
    const i64 *unit;
    const i32 *unit_profile, *unit_posts;
    const i64 *out_ptr;
    const i32 *out_candidate;
    /* What the members hold, in their order, column after column of `total`: bytes in packed rows (years,
     * schooling, first region, levels…), masks (regions, licences, shifts, skills…), days. */
    u64 *row, *mask;
    i32 *day;
    i64 *ptr, *cursor;
    i32 *candidate, *score, *top;
} Work;

/* What one thread knows of the block of a bucket that it works on. */
typedef struct {
    const Work *w;
    i64 from, size, used;
    u64 *acc, *bitmaps, *heap;
    i32 *slot, *found;
} Block;

enum { YEARS, SCHOOLING, FIRST, LEVELS };
enum { REGIONS, LICENCES, SHIFTS, SKILLS };
enum { PIECE = 4096, RUN = 1024 };

static i64 keys(const Work *w) { return 6 * w->langs + 8 + 255 + 3 * 64 + 64 * w->words + w->dates; }

/* Bytes of scratch that one thread needs. */
EXPORT i64 pairs_scratch(const Work *w)
{
    i64 b = w->block;
    return 8 * (b / 64 + w->slots * (b / 64) + w->k + 8) + 4 * (b + keys(w) + 2);
}

static void lay_out(Block *x, const Work *w, u64 *scratch)
{
    i64 b = w->block;
    x->w = w;
    x->acc = scratch;
    x->bitmaps = x->acc + b / 64;
    x->heap = x->bitmaps + w->slots * (b / 64);
    x->found = (i32 *)(x->heap + w->k + 8);
    x->slot = x->found + b;
}

static void enter(Block *x, i64 from, i64 size)
{
    x->from = from;
    x->size = size;
    x->used = 0;
    memset(x->slot, 0xff, (size_t)keys(x->w) * 4);
}

/* One packed row of the members from..end of one profile; column by column, so that many reads are under way. */
static void gather_row(Work *w, i64 r, i64 from, i64 end, i64 profile)
{
    const i32 *who = w->members;
    u64 *row = w->row + r * w->total;
    for (i64 at = from; at < end; at++) row[at] = 0;
    for (i64 c = 8 * r; c < 8 * r + 8 && c < LEVELS + w->langs; c++) {
        int shift = (int)(c % 8) * 8;
        const u8 *levels = w->levels + c - LEVELS;
        if (c == YEARS)
            for (i64 at = from; at < end; at++) row[at] |= (u64)w->years[who[at] * w->profiles + profile];
        else if (c == SCHOOLING)
            for (i64 at = from; at < end; at++) row[at] |= (u64)w->schooling[who[at]] << shift;
        else if (c == FIRST)
            for (i64 at = from; at < end; at++) row[at] |= (u64)(u8)w->first[who[at]] << shift;
        else
            for (i64 at = from; at < end; at++) row[at] |= (u64)levels[who[at] * w->langs] << shift;
    }
}

static void gather_masks(Work *w, i64 from, i64 end)
{
    const i32 *who = w->members;
    const u64 *columns[3] = {w->regions, w->licences, w->shifts};
    for (int c = REGIONS; c < SKILLS; c++)
        for (i64 at = from; at < end; at++) w->mask[c * w->total + at] = columns[c][who[at]];
    for (i64 v = 0; v < w->words; v++)
        for (i64 at = from; at < end; at++)
            w->mask[(SKILLS + v) * w->total + at] = w->skills[who[at] * w->words + v];
    for (i64 at = from; at < end; at++) w->day[at] = w->available[who[at]];
}

/* Bring what the members hold into their order, once for all posts. */
EXPORT void pairs_gather(Work *w)
{
    i64 from;
    while ((from = PIECE * __atomic_fetch_add(&w->next, 1, __ATOMIC_RELAXED)) < w->total) {
        i64 end = from + PIECE < w->total ? from + PIECE : w->total, profile = 0;
        gather_masks(w, from, end);
        for (i64 at = from; at < end;) {
            while (at >= w->bucket[profile + 1]) profile++;
            i64 last = end < w->bucket[profile + 1] ? end : w->bucket[profile + 1];
            for (i64 r = 0; r < w->rows; r++) gather_row(w, r, at, last, profile);
            at = last;
        }
    }
}

static u64 packed(const u8 *bits)
{
    u64 all = 0;
    for (int b = 0; b < 8; b++) {
        u64 eight;
        memcpy(&eight, bits + 8 * b, 8);
        all |= (eight * UINT64_C(0x0102040810204080) >> 56) << (8 * b);
    }
    return all;
}

/* 64 answers to a bitmap's word; the last word of a block may have fewer. */
#define BITMAP(answer)                                                     \
    for (i64 v = 0; v < (size + 63) / 64; v++) {                           \
        u8 bits[64] = {0};                                                 \
        if (size - 64 * v >= 64)                                           \
            for (int i = 0; i < 64; i++) bits[i] = (answer);               \
        else                                                               \
            for (int i = 0; i < size - 64 * v; i++) bits[i] = (answer);    \
        out[v] = packed(bits);                                             \
    }

static void at_least(const u64 *row, int shift, u8 least, i64 size, u64 *out)
{
    BITMAP((row[64 * v + i] >> shift & 255) >= least)
}

static void has_bit(const u64 *mask, int bit, i64 size, u64 *out)
{
    BITMAP(mask[64 * v + i] >> bit & 1)
}

static void no_later(const i32 *day, i32 last, i64 size, u64 *out)
{
    BITMAP(day[64 * v + i] <= last)
}

static void and_with(Block *x, const u64 *bitmap)
{
    i64 words = (x->size + 63) / 64;
    for (i64 v = 0; v < words; v++) x->acc[v] &= bitmap[v];
}

/* The bitmap of one demand, and whether it must still be made. A full store is emptied as a whole. */
static u64 *bitmap(Block *x, i64 key, int *is_new)
{
    const Work *w = x->w;
    *is_new = x->slot[key] < 0;
    if (*is_new) {
        if (x->used == w->slots) {
            memset(x->slot, 0xff, (size_t)keys(w) * 4);
            x->used = 0;
        }
        x->slot[key] = (i32)x->used++;
    }
    return x->bitmaps + x->slot[key] * (w->block / 64);
}

static void demand_bytes(Block *x, i64 key, i64 column, u8 least)
{
    const Work *w = x->w;
    int is_new;
    u64 *bits = bitmap(x, key, &is_new);
    if (is_new)
        at_least(w->row + column / 8 * w->total + x->from, (int)(column % 8) * 8, least, x->size, bits);
    and_with(x, bits);
}

static void demand_masks(Block *x, i64 key, i64 column, u64 wanted)
{
    const Work *w = x->w;
    for (; wanted; wanted &= wanted - 1) {
        int bit = __builtin_ctzll(wanted), is_new;
        u64 *bits = bitmap(x, key + bit, &is_new);
        if (is_new) has_bit(w->mask + column * w->total + x->from, bit, x->size, bits);
        and_with(x, bits);
    }
}

static void demand_day(Block *x, i64 key, i64 rank)
{
    int is_new;
    u64 *bits = bitmap(x, key + rank, &is_new);
    if (is_new) no_later(x->w->day + x->from, x->w->date[rank], x->size, bits);
    and_with(x, bits);
}

static void leave_out(Block *x, i64 j)
{
    const Work *w = x->w;
    const i32 *members = w->members + x->from;
    for (i64 e = w->out_ptr[j]; e < w->out_ptr[j + 1]; e++) {
        i64 low = 0, high = x->size;
        while (low < high) {
            i64 middle = (low + high) / 2;
            if (members[middle] < w->out_candidate[e]) low = middle + 1; else high = middle;
        }
        if (low < x->size && members[low] == w->out_candidate[e])
            x->acc[low / 64] &= ~((u64)1 << (low % 64));
    }
}

/* Who of the block is eligible for post j, as bits in `acc`. */
static void eligible(Block *x, i64 j)
{
    const Work *w = x->w;
    i64 words = (x->size + 63) / 64, key = 0;
    memset(x->acc, 0xff, (size_t)words * 8);
    if (x->size % 64) x->acc[words - 1] = ((u64)1 << (x->size % 64)) - 1;
    for (i64 l = 0; l < w->langs; l++) {
        u8 least = w->least_levels[j * w->langs + l];
        if (least) demand_bytes(x, key + 6 * l + least - 1, LEVELS + l, least);
    }
    key += 6 * w->langs;
    if (w->least_schooling[j]) demand_bytes(x, key + w->least_schooling[j] - 1, SCHOOLING, w->least_schooling[j]);
    key += 8;
    if (w->least_years[j]) demand_bytes(x, key + w->least_years[j] - 1, YEARS, w->least_years[j]);
    key += 255;
    demand_masks(x, key, REGIONS, (u64)1 << w->region[j]);
    demand_masks(x, key + 64, LICENCES, w->must_licences[j]);
    demand_masks(x, key + 128, SHIFTS, w->post_shifts[j]);
    key += 192;
    for (i64 v = 0; v < w->words; v++) demand_masks(x, key + 64 * v, SKILLS + v, w->must_skills[j * w->words + v]);
    key += 64 * w->words;
    if (w->date_rank[j] >= 0) demand_day(x, key, w->date_rank[j]);
    leave_out(x, j);
}

static i64 counted(const Block *x)
{
    i64 sum = 0;
    for (i64 v = 0; v < (x->size + 63) / 64; v++) sum += __builtin_popcountll(x->acc[v]);
    return sum;
}

static inline i32 capped(i32 units, i32 points, i32 most) { return points * (units < most ? units : most); }

/* The scores of `count` members found, at most RUN: one random read of each packed row, the rest in lanes. */
static void score_run(const Block *x, i64 j, const i32 *found, i64 count, i32 *score)
{
    const Work *w = x->w;
    const i32 *points = w->points + 5 * (i64)w->set[j], *most = w->most + 5 * (i64)w->set[j];
    const u64 *row = w->row + x->from;
    i32 years = w->least_years[j], schooling = w->least_schooling[j], region = w->region[j];
    i32 p1 = points[1], p2 = points[2], p4 = most[4] ? points[4] : 0, m1 = most[1], m2 = most[2];
    u64 held[RUN];
    i32 sum[RUN];
    for (i64 q = 0; q < count; q++) held[q] = row[found[q]];
    for (i64 q = 0; q < count; q++) {
        i32 first = (i32)(held[q] >> 16 & 255);
        score[q] = 1 + capped((i32)(held[q] & 255) - years, p1, m1)
                 + capped((i32)(held[q] >> 8 & 255) - schooling, p2, m2) + (first == region ? p4 : 0);
    }
    memset(sum, 0, sizeof sum);
    for (i64 l = 0; l < w->langs; l++) {
        i32 least = w->least_levels[j * w->langs + l];
        int shift = (int)((LEVELS + l) % 8) * 8;
        const u64 *other = row + (LEVELS + l) / 8 * w->total;
        if (!least) continue;
        if (other == row)
            for (i64 q = 0; q < count; q++) sum[q] += (i32)(held[q] >> shift & 255) - least;
        else
            for (i64 q = 0; q < count; q++) sum[q] += (i32)(other[found[q]] >> shift & 255) - least;
    }
    for (i64 q = 0; q < count; q++) score[q] += capped(sum[q], points[0], most[0]);
    memset(sum, 0, sizeof sum);
    for (i64 v = 0; v < w->words; v++) {
        u64 wished = w->wished[j * w->words + v];
        const u64 *skills = w->mask + (SKILLS + v) * w->total + x->from;
        if (wished && points[3])
            for (i64 q = 0; q < count; q++) sum[q] += __builtin_popcountll(skills[found[q]] & wished);
    }
    for (i64 q = 0; q < count; q++) score[q] += capped(sum[q], points[3], most[3]);
}

static void write_pairs(Block *x, i64 j)
{
    const Work *w = x->w;
    const i32 *members = w->members + x->from;
    i32 *found = x->found, *candidate = w->candidate + w->cursor[j], *score = w->score + w->cursor[j];
    i64 count = 0;
    for (i64 v = 0; v < (x->size + 63) / 64; v++)
        for (u64 bits = x->acc[v]; bits; bits &= bits - 1) found[count++] = (i32)(64 * v + __builtin_ctzll(bits));
    for (i64 q = 0; q < count; q++) candidate[q] = members[found[q]];
    for (i64 q = 0; q < count; q += RUN)
        score_run(x, j, found + q, count - q < RUN ? count - q : RUN, score + q);
    w->cursor[j] += count;
}

/* The best k of a row: greatest score first, of equals the lower candidate. A heap with the worst on top. */
static void best_of(const i32 *candidate, const i32 *score, i64 count, i64 k, i32 *out, u64 *heap)
{
    i64 size = 0;
    for (i64 q = 0; q < count && k; q++) {
        if (size == k && (u64)score[q] <= heap[0] >> 32) continue;
        u64 key = (u64)score[q] << 32 | (UINT32_MAX - (uint32_t)candidate[q]);
        i64 at;
        if (size < k) {
            for (at = size++; at && heap[(at - 1) / 2] > key; at = (at - 1) / 2) heap[at] = heap[(at - 1) / 2];
            heap[at] = key;
            continue;
        }
        for (at = 0;;) {
            i64 child = 2 * at + 1;
            if (child >= size) break;
            if (child + 1 < size && heap[child + 1] < heap[child]) child++;
            if (heap[child] >= key) break;
            heap[at] = heap[child];
            at = child;
        }
        heap[at] = key;
    }
    for (i64 r = size; r < k; r++) out[r] = -1;
    while (size) {
        u64 worst = heap[0], last = heap[--size];
        i64 at = 0;
        for (;;) {
            i64 child = 2 * at + 1;
            if (child >= size) break;
            if (child + 1 < size && heap[child + 1] < heap[child]) child++;
            if (heap[child] >= last) break;
            heap[at] = heap[child];
            at = child;
        }
        heap[at] = last;
        out[size] = (i32)(UINT32_MAX - (uint32_t)worst);
    }
}

EXPORT void pairs_top(const i64 *ptr, const i32 *candidate, const i32 *score, i64 from, i64 to, i64 k,
                      i32 *out, u64 *heap)
{
    for (i64 j = from; j < to; j++)
        best_of(candidate + ptr[j], score + ptr[j], ptr[j + 1] - ptr[j], k, out + j * k, heap);
}

/* Count the pairs of each post (fill = 0), or write them and the best k of each (fill = 1). */
EXPORT void pairs_pass(Work *w, u64 *scratch, i64 fill)
{
    Block x;
    i64 unit;
    lay_out(&x, w, scratch);
    while ((unit = __atomic_fetch_add(&w->next, 1, __ATOMIC_RELAXED)) < w->units) {
        i64 profile = w->unit_profile[unit], end = w->bucket[profile + 1];
        for (i64 from = w->bucket[profile]; from < end; from += w->block) {
            enter(&x, from, end - from < w->block ? end - from : w->block);
            for (i64 p = w->unit[unit]; p < w->unit[unit + 1]; p++) {
                i64 j = w->unit_posts[p];
                eligible(&x, j);
                if (fill) write_pairs(&x, j); else w->ptr[j + 1] += counted(&x);
            }
        }
        if (fill && w->k)
            for (i64 p = w->unit[unit]; p < w->unit[unit + 1]; p++) {
                i64 j = w->unit_posts[p];
                best_of(w->candidate + w->ptr[j], w->score + w->ptr[j], w->ptr[j + 1] - w->ptr[j], w->k,
                        w->top + j * w->k, x.heap);
            }
    }
}

/* How many offer each profile of `needed`, then who, in ascending order. */
EXPORT void pairs_bucket_counts(const u64 *profiles, i64 n, u64 needed, i64 *counts)
{
    for (i64 i = 0; i < n; i++)
        for (u64 bits = profiles[i] & needed; bits; bits &= bits - 1) counts[__builtin_ctzll(bits)]++;
}

EXPORT void pairs_bucket_fill(const u64 *profiles, i64 n, u64 needed, i64 *next, i32 *members)
{
    for (i64 i = 0; i < n; i++)
        for (u64 bits = profiles[i] & needed; bits; bits &= bits - 1) members[next[__builtin_ctzll(bits)]++] = (i32)i;
}
