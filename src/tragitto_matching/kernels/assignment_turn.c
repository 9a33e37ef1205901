/* Pairs as the candidates see them: by candidate, posts ascending, post and score in one number.
 *
 * Beside the pairs, or in their own place: then pairs are sorted by candidate where they lie (American flag sort;
 * McIlroy, Bostic and McIlroy 1993), the choices take the place of the scores, and the other half lists by post
 * once more, candidate and score in one number. Taking these apart gives what was there before.
 */
#include <string.h>

#include "assignment.h"

/* A key of 64 bits stands in two halves, wherever the pair stands. */
typedef struct {
    uint32_t *high, *low;
    /* Bits below this one do not count. */
    int least;
    /* So many keys fit each half of the room, where they are sorted without care for their place. */
    int64_t fit;
    uint64_t *room;
} Keys;

enum { DIGIT = 8, DIGITS = 1 << DIGIT, STEP = 11, STEPS = 1 << STEP, FEW = 24 };

static inline uint64_t key_at(const Keys *k, int64_t at)
{
    return (uint64_t)k->high[at] << 32 | k->low[at];
}

static inline void put_key(Keys *k, int64_t at, uint64_t key)
{
    k->high[at] = (uint32_t)(key >> 32);
    k->low[at] = (uint32_t)key;
}

static void sort_few(uint64_t *keys, int64_t count)
{
    for (int64_t at = 1; at < count; at++) {
        uint64_t key = keys[at];
        int64_t to = at;
        for (; to > 0 && keys[to - 1] > key; to--)
            keys[to] = keys[to - 1];
        keys[to] = key;
    }
}

/* By one digit after the other from the least, to and fro between the halves of the room. */
static void sort_in_room(Keys *k, int64_t first, int64_t count, int bits)
{
    uint64_t *from = k->room, *to = k->room + k->fit;
    for (int64_t at = 0; at < count; at++)
        from[at] = key_at(k, first + at);
    if (count <= FEW) {
        sort_few(from, count);
        bits = k->least;
    }
    for (int bit = k->least; bit < bits; bit += STEP) {
        uint32_t next[STEPS + 1];
        memset(next, 0, sizeof next);
        for (int64_t at = 0; at < count; at++)
            next[(from[at] >> bit & (STEPS - 1)) + 1]++;
        for (int digit = 0; digit < STEPS; digit++)
            next[digit + 1] += next[digit];
        for (int64_t at = 0; at < count; at++)
            to[next[from[at] >> bit & (STEPS - 1)]++] = from[at];
        uint64_t *other = from;
        from = to;
        to = other;
    }
    for (int64_t at = 0; at < count; at++)
        put_key(k, first + at, from[at]);
}

/* Sort keys that are equal from `bits` upwards. */
static void sort_keys(Keys *k, int64_t first, int64_t count, int bits)
{
    if (bits <= k->least || count < 2)
        return;
    if (count <= k->fit) {
        sort_in_room(k, first, count, bits);
        return;
    }
    int shift = bits > DIGIT ? bits - DIGIT : 0;
    int64_t head[DIGITS], end[DIGITS], sizes[DIGITS] = {0};
    for (int64_t at = first; at < first + count; at++)
        sizes[key_at(k, at) >> shift & (DIGITS - 1)]++;
    for (int digit = 0; digit < DIGITS; digit++) {
        head[digit] = digit ? end[digit - 1] : first;
        end[digit] = head[digit] + sizes[digit];
    }
    for (int digit = 0; digit < DIGITS; digit++)
        while (head[digit] < end[digit]) {
            uint64_t key = key_at(k, head[digit]);
            int of;
            while ((of = (int)(key >> shift & (DIGITS - 1))) != digit) {
                int64_t at = head[of]++;
                uint64_t other = key_at(k, at);
                put_key(k, at, key);
                key = other;
            }
            put_key(k, head[digit]++, key);
        }
    for (int digit = 0; digit < DIGITS; digit++)
        sort_keys(k, end[digit] - sizes[digit], sizes[digit], shift);
}

/* Where the choices of each candidate begin: row has one place more than it needs, all nothing at first. */
EXPORTED void assignment_rows(const Turn *t)
{
    for (int64_t at = 0; at < t->ptr[t->posts]; at++)
        t->row[t->candidate[at] + 2]++;
    for (int64_t who = 2; who < t->candidates + 2; who++)
        t->row[who] += t->row[who - 1];
}

/* Choices beside the pairs, after `assignment_rows`: each row's beginning moves on to its end, the next one's. */
EXPORTED void assignment_choices(const Turn *t)
{
    int64_t *next = t->row + 1;
    for (int64_t post = 0; post < t->posts; post++)
        for (int64_t at = t->ptr[post]; at < t->ptr[post + 1]; at++) {
            uint64_t packed = (uint64_t)post << t->score_bits | (uint32_t)t->score[at];
            int64_t to = next[t->candidate[at]]++;
            if (t->is_narrow)
                ((uint32_t *)t->choice)[to] = (uint32_t)packed;
            else
                ((uint64_t *)t->choice)[to] = packed;
        }
}

static Keys keys_of(const Turn *t)
{
    return (Keys){(uint32_t *)t->candidate, (uint32_t *)t->score, (int)t->score_bits, t->fit, t->room};
}

/* The choices where the scores were; by post, each candidate with the score. */
EXPORTED void assignment_turn(const Turn *t)
{
    Keys keys = keys_of(t);
    int64_t size = t->ptr[t->posts], at = 0;
    int bits = (int)(t->post_bits + t->score_bits);
    uint32_t scores = (uint32_t)((UINT64_C(1) << t->score_bits) - 1);
    for (int64_t post = 0; post < t->posts; post++)
        for (; at < t->ptr[post + 1]; at++)
            put_key(&keys, at,
                    (uint64_t)t->candidate[at] << bits | (uint64_t)post << t->score_bits | (uint32_t)t->score[at]);
    sort_keys(&keys, 0, size, bits + (int)t->candidate_bits);
    at = 0;
    t->row[0] = 0;
    for (int64_t who = 0; who < t->candidates; who++) {
        for (; at < size && (int64_t)(key_at(&keys, at) >> bits) == who; at++)
            keys.low[at] &= (uint32_t)((UINT64_C(1) << bits) - 1);
        t->row[who + 1] = at;
    }
    for (int64_t post = 0; post < t->posts; post++)
        t->next[post] = t->ptr[post];
    for (int64_t who = 0; who < t->candidates; who++)
        for (at = t->row[who]; at < t->row[who + 1]; at++)
            keys.high[t->next[keys.low[at] >> t->score_bits]++] =
                (uint32_t)who << t->score_bits | (keys.low[at] & scores);
}

/* What `assignment_turn` made becomes candidates and scores by post again. */
EXPORTED void assignment_turn_back(const Turn *t)
{
    uint32_t scores = (uint32_t)((UINT64_C(1) << t->score_bits) - 1);
    for (int64_t at = 0; at < t->ptr[t->posts]; at++) {
        uint32_t packed = (uint32_t)t->candidate[at];
        t->candidate[at] = (int32_t)(packed >> t->score_bits);
        t->score[at] = (int32_t)(packed & scores);
    }
}
