/* Ranked lists of both sides out of scored pairs.
 *
 * The pairs come by post, candidates going up within a post. Three steps, each over a range of rows, so that
 * threads share the work without a lock (what is written out of range is written by one thread alone, since a
 * pair has one place in either list):
 *   ranking_posts       sorts each post's row by score, and notes the place of every pair;
 *   ranking_cursors     finds where a range of candidates begins in every post's row;
 *   ranking_candidates  turns the pairs round for a range of candidates, a block of them at a time, so that
 *                       what is written at random lies in the cache; sorts each candidate's row.
 * ranking_redraw puts the equals of ranked lists in another order.
 */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define PUBLIC __attribute__((visibility("default")))

enum {
    BLOCK = 32768,     /* candidates turned round at a time */
    SHORT_ROW = 64,    /* a row that long is ranked by comparing all with all, 16 at a time */
    FEW = 40,          /* below, insertion is quicker than counting digits */
    WIDEST = 4096,     /* distinct scores counted in one table */
    TOGETHER = 16,     /* keys compared at once */
    AHEAD = 12,        /* rows fetched into the cache before they are read */
    NARROW = 1 << 24,  /* scores up to here leave seven bits of a key to the region and the entry */
};

#define AWAY 0x80000000u /* not in the region wished most */

static void insertion(uint64_t *key, int64_t n)
{
    for (int64_t a = 1; a < n; a++) {
        uint64_t moving = key[a];
        int64_t b = a;
        for (; b > 0 && key[b - 1] > moving; b--)
            key[b] = key[b - 1];
        key[b] = moving;
    }
}

/* Ascending order by digits of eight bits, the least first; digits that all keys share cost nothing. */
static void sort_keys(uint64_t *key, uint64_t *spare, int64_t n)
{
    if (n <= FEW) {
        insertion(key, n);
        return;
    }
    uint64_t *from = key, *to = spare;
    for (int shift = 0; shift < 64; shift += 8) {
        int64_t count[256] = {0};
        for (int64_t a = 0; a < n; a++)
            count[from[a] >> shift & 255]++;
        if (count[from[0] >> shift & 255] == n)
            continue;
        int64_t before = 0;
        for (int d = 0; d < 256; d++) {
            int64_t here = count[d];
            count[d] = before;
            before += here;
        }
        for (int64_t a = 0; a < n; a++)
            to[count[from[a] >> shift & 255]++] = from[a];
        uint64_t *swap = from;
        from = to;
        to = swap;
    }
    if (from != key)
        memcpy(key, from, (size_t)n * sizeof *key);
}

/* Where each of n numbers comes, no two equal: all are compared with all, sixteen at a time. Both have room up
 * to the next multiple of sixteen. */
static void ranks_of_few(uint32_t *of, int64_t n, int32_t *rank)
{
    for (int64_t a = n; a & (TOGETHER - 1); a++)
        of[a] = UINT32_MAX;
    for (int64_t a = 0; a < n; a += TOGETHER) {
        int32_t before[TOGETHER] = {0};
        for (int64_t b = 0; b < n; b++)
            for (int c = 0; c < TOGETHER; c++)
                before[c] += of[b] < of[a + c];
        memcpy(rank + a, before, sizeof before);
    }
}

/* The order of a row by falling score, equals as they stand: `at` gets their numbers in the row. */
static void by_falling_score(const int32_t *score, int64_t n, int32_t *at, uint64_t *key, uint64_t *spare)
{
    int32_t low = score[0], high = score[0];
    for (int64_t a = 1; a < n; a++) {
        low = score[a] < low ? score[a] : low;
        high = score[a] > high ? score[a] : high;
    }
    int64_t width = (int64_t)high - low + 1;
    if (width > WIDEST || width > 4 * n + FEW) {
        for (int64_t a = 0; a < n; a++)
            key[a] = (uint64_t)(high - (int64_t)score[a]) << 32 | (uint64_t)a;
        sort_keys(key, spare, n);
        for (int64_t a = 0; a < n; a++)
            at[a] = (int32_t)(key[a] & UINT32_MAX);
        return;
    }
    int32_t before = 0, count[WIDEST];
    memset(count, 0, (size_t)width * sizeof *count);
    for (int64_t a = 0; a < n; a++)
        count[high - score[a]]++;
    for (int64_t d = 0; d < width; d++) {
        int32_t here = count[d];
        count[d] = before;
        before += here;
    }
    for (int64_t a = 0; a < n; a++)
        at[count[high - score[a]]++] = (int32_t)a;
}

/* At most 64 equals in the order of their lots. */
static void draw_few(const uint32_t *lot, int64_t n, int32_t *at)
{
    uint32_t of[SHORT_ROW];
    int32_t rank[SHORT_ROW], before[SHORT_ROW];
    for (int64_t a = 0; a < n; a++) {
        before[a] = at[a];
        of[a] = lot[at[a]];
    }
    ranks_of_few(of, n, rank);
    for (int64_t a = 0; a < n; a++)
        at[rank[a]] = before[a];
}

/* Equals in the order of their lots; `lot` has room for the row. */
static void draw_equals(const int32_t *score, const int32_t *candidate, const int32_t *stands, int64_t n,
                        int32_t *at, uint32_t *lot, uint64_t *key, uint64_t *spare)
{
    /* In the order of the row, as neighbours' lots lie near each other. */
    for (int64_t a = 0; a < n; a++)
        lot[a] = (uint32_t)stands[candidate[a]];
    for (int64_t a = 0, b; a < n; a = b) {
        for (b = a + 1; b < n && score[at[b]] == score[at[a]]; b++)
            ;
        if (b - a <= SHORT_ROW) {
            if (b - a > 1)
                draw_few(lot, b - a, at + a);
            continue;
        }
        for (int64_t c = a; c < b; c++)
            key[c - a] = (uint64_t)lot[at[c]] << 32 | (uint32_t)at[c];
        sort_keys(key, spare, b - a);
        for (int64_t c = a; c < b; c++)
            at[c] = (int32_t)(key[c - a] & UINT32_MAX);
    }
}

/* Posts first..last: their lists, the place of every pair (in the order of the pairs), who is equal to the one
 * before. `stands` may be NULL: then equals stay in the order of seniority. Room: `key`, `spare`, `lot` and `at`
 * hold the longest row. Answers how many pairs do not come behind the one before, as they must. */
PUBLIC int64_t ranking_posts(int64_t first, int64_t last, const int64_t *ptr, const int32_t *candidate,
                          const int32_t *score, const int32_t *stands, int32_t *listed, int32_t *place,
                          uint8_t *tied, int32_t *at, uint32_t *lot, uint64_t *key, uint64_t *spare)
{
    int64_t astray = 0;
    for (int64_t j = first; j < last; j++) {
        int64_t a = ptr[j], n = ptr[j + 1] - a;
        if (n == 0)
            continue;
        for (int64_t e = a + 1; e < a + n; e++)
            astray += candidate[e] <= candidate[e - 1];
        by_falling_score(score + a, n, at, key, spare);
        if (stands)
            draw_equals(score + a, candidate + a, stands, n, at, lot, key, spare);
        for (int64_t q = 0; q < n; q++) {
            listed[a + q] = candidate[a + at[q]];
            place[a + at[q]] = (int32_t)q;
            tied[a + q] = q > 0 && score[a + at[q]] == score[a + at[q - 1]];
        }
    }
    return astray;
}

/* Where candidates from `bound` on begin in every post's row; answers how many pairs lie before. */
PUBLIC int64_t ranking_cursors(int64_t bound, int64_t posts, const int64_t *ptr, const int32_t *candidate,
                               int64_t *cursor)
{
    int64_t before = 0;
    for (int64_t j = 0; j < posts; j++) {
        int64_t low = ptr[j], high = ptr[j + 1];
        while (low < high) {
            int64_t middle = low + (high - low) / 2;
            if (candidate[middle] < bound)
                low = middle + 1;
            else
                high = middle;
        }
        cursor[j] = low;
        before += low - ptr[j];
    }
    return before;
}

/* What the candidates' side is made of and made into. */
typedef struct {
    int64_t posts;
    int32_t top; /* the highest score */
    const int64_t *ptr;
    const int32_t *candidate, *score, *place;
    const int32_t *first_region, *region; /* both NULL without an instance */
    int64_t *candidate_ptr;
    int32_t *post, *placed, *wish;
    uint32_t *worth; /* the key of each entry of a block: lower = wished more */
} turning;

/* Lower = wished more: the region wished most comes first, then the higher score. */
static uint32_t worth_of(const turning *t, int64_t e, int32_t i, int64_t j)
{
    uint32_t away = t->region && t->first_region[i] != t->region[j];
    return away * AWAY | (uint32_t)(t->top - t->score[e]);
}

/* How many entries each candidate of first..last has, in `fill`; answers how many all have. */
static int64_t count_block(const turning *t, int64_t first, int64_t last, const int64_t *cursor, int64_t *fill)
{
    int64_t all = 0;
    memset(fill, 0, (size_t)(last - first) * sizeof *fill);
    for (int64_t j = 0; j < t->posts; j++) {
        int64_t e = cursor[j], ahead = cursor[j + AHEAD < t->posts ? j + AHEAD : j];
        __builtin_prefetch(t->candidate + ahead);
        for (; e < t->ptr[j + 1] && t->candidate[e] < last; e++)
            fill[t->candidate[e] - first]++;
        all += e - cursor[j];
    }
    return all;
}

/* The counted pairs of candidates first..last, from the posts' rows to the candidates', posts going up. */
static void turn_round(turning *t, int64_t first, int64_t last, int64_t base, int64_t *cursor, int64_t *fill)
{
    int64_t before = base;
    for (int64_t i = first; i < last; i++) {
        int64_t here = fill[i - first];
        fill[i - first] = before;
        before += here;
        t->candidate_ptr[i + 1] = before;
    }
    for (int64_t j = 0; j < t->posts; j++) {
        int64_t e = cursor[j], end = t->ptr[j + 1], ahead = cursor[j + AHEAD < t->posts ? j + AHEAD : j];
        __builtin_prefetch(t->candidate + ahead);
        __builtin_prefetch(t->score + ahead);
        __builtin_prefetch(t->place + ahead);
        for (; e < end && t->candidate[e] < last; e++) {
            int64_t q = fill[t->candidate[e] - first]++;
            t->post[q] = (int32_t)j;
            t->placed[q] = t->place[e];
            t->worth[q - base] = worth_of(t, e, t->candidate[e], j);
        }
        cursor[j] = e;
    }
}

/* Where each of at most 64 entries comes: how many are worth more. The number of the entry takes the six bits
 * that NARROW leaves free, so that no two are equal. */
static void ranks_of_short(const uint32_t *worth, int64_t n, int32_t *rank)
{
    uint32_t key[SHORT_ROW];
    for (int64_t a = 0; a < n; a++)
        key[a] = (worth[a] & AWAY) | (worth[a] & ~AWAY) << 6 | (uint32_t)a;
    ranks_of_few(key, n, rank);
}

static void ranks_of_long(const uint32_t *worth, int64_t n, int32_t *rank, uint64_t *key, uint64_t *spare)
{
    for (int64_t a = 0; a < n; a++)
        key[a] = (uint64_t)worth[a] << 32 | (uint64_t)a;
    sort_keys(key, spare, n);
    for (int64_t a = 0; a < n; a++)
        rank[key[a] & UINT32_MAX] = (int32_t)a;
}

/* One candidate's row in the order of their wishes, and every post told where it is wished. */
static void settle_row(turning *t, int64_t a, int64_t n, const uint32_t *worth, int32_t *rank, uint64_t *key,
                       uint64_t *spare)
{
    if (n <= SHORT_ROW && t->top <= NARROW)
        ranks_of_short(worth, n, rank);
    else
        ranks_of_long(worth, n, rank, key, spare);
    int32_t *post = (int32_t *)key, *place = (int32_t *)spare;
    memcpy(post, t->post + a, (size_t)n * sizeof *post);
    memcpy(place, t->placed + a, (size_t)n * sizeof *place);
    for (int64_t q = 0; q < n; q++) {
        t->post[a + rank[q]] = post[q];
        t->placed[a + rank[q]] = place[q];
        t->wish[t->ptr[post[q]] + place[q]] = rank[q];
    }
}

/* Candidates first..last, whose entries begin at `base`. `cursor` is theirs (see above) and goes on. Room:
 * `fill` for a block of 32768 candidates, `worth` for `room` entries, at least as many as there are posts (a
 * block with more is halved), `rank`, `key` and `spare` for the posts and at least 64. */
PUBLIC void ranking_candidates(int64_t first, int64_t last, int64_t base, int64_t posts, int64_t top,
                               const int64_t *ptr, const int32_t *candidate, const int32_t *score,
                               const int32_t *place,
                               const int32_t *first_region, const int32_t *region, int64_t *cursor,
                               int64_t *candidate_ptr, int32_t *post, int32_t *placed, int32_t *wish,
                               int64_t room, int64_t *fill, uint32_t *worth, int32_t *rank, uint64_t *key,
                               uint64_t *spare)
{
    turning t = {posts, (int32_t)top, ptr, candidate, score, place, first_region, region,
                 candidate_ptr, post, placed, wish, worth};
    for (int64_t i = first, end; i < last; i = end) {
        end = i + BLOCK < last ? i + BLOCK : last;
        while (count_block(&t, i, end, cursor, fill) > room)
            end = i + (end - i) / 2;
        turn_round(&t, i, end, base, cursor, fill);
        int64_t begun = base;
        for (int64_t c = i; c < end; c++) {
            settle_row(&t, base, candidate_ptr[c + 1] - base, worth + (base - begun), rank, key, spare);
            base = candidate_ptr[c + 1];
        }
    }
}

/* Entries in the order of their keys; `spare` keeps them meanwhile. */
static void rearrange(int32_t *entry, const uint64_t *key, int64_t n, int32_t *spare)
{
    memcpy(spare, entry, (size_t)n * sizeof *spare);
    for (int64_t a = 0; a < n; a++)
        entry[a] = spare[key[a] & UINT32_MAX];
}

/* Posts first..last: their lists with equals in the order of `stands`. Room: `key`, `spare` and `at` for the
 * longest list. */
PUBLIC void ranking_redraw(int64_t first, int64_t last, const int64_t *ptr, const uint8_t *tied,
                           const int32_t *stands, int32_t *candidate, int32_t *wish, uint64_t *key,
                           uint64_t *spare, int32_t *at)
{
    for (int64_t j = first; j < last; j++)
        for (int64_t a = ptr[j], b; a < ptr[j + 1]; a = b) {
            for (b = a + 1; b < ptr[j + 1] && tied[b]; b++)
                ;
            if (b - a == 1)
                continue;
            for (int64_t c = a; c < b; c++)
                key[c - a] = (uint64_t)(uint32_t)stands[candidate[c]] << 32 | (uint64_t)(c - a);
            sort_keys(key, spare, b - a);
            rearrange(candidate + a, key, b - a, at);
            rearrange(wish + a, key, b - a, at);
        }
}

/* Posts first..last: tells every entry of the candidates' lists its place in the post's list, and where the
 * equals of that place begin (`tier`). `tied` may be NULL: no equals. */
PUBLIC void ranking_places(int64_t first, int64_t last, const int64_t *ptr, const int32_t *candidate,
                           const int32_t *wish, const uint8_t *tied, const int64_t *candidate_ptr,
                           int32_t *place, int32_t *tier)
{
    for (int64_t j = first; j < last; j++) {
        int64_t begun = ptr[j];
        for (int64_t e = ptr[j]; e < ptr[j + 1]; e++) {
            if (!tied || !tied[e])
                begun = e;
            int64_t entry = candidate_ptr[candidate[e]] + wish[e];
            place[entry] = (int32_t)(e - ptr[j]);
            tier[entry] = (int32_t)(begun - ptr[j]);
        }
    }
}
