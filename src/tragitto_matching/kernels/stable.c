/* Stable matches by deferred acceptance (Gale & Shapley 1962), and who is put first among equals.
 *
 * Lists come as rows, best first: `post` and `place` for candidates, `candidate` and `wish` for posts (see
 * ranking.py). Who proposes when does not change the match (McVitie & Wilson 1971), so those who were put out
 * wait in a short line while the memory that they need is fetched.
 */
#include <stddef.h>
#include <stdint.h>

#define PUBLIC __attribute__((visibility("default")))

enum {
    LINE = 16,   /* candidates who wait for their list to be fetched */
    AHEAD = 8,   /* candidates of a post's list fetched before they are asked */
};

/* Every post holds its candidates in a heap, the worst on top. A key begins with the place. */

static void sink(uint64_t *heap, int64_t size, uint64_t key)
{
    int64_t at = 0;
    for (int64_t below; (below = 2 * at + 1) < size; at = below) {
        if (below + 1 < size && heap[below + 1] > heap[below])
            below++;
        if (heap[below] <= key)
            break;
        heap[at] = heap[below];
    }
    heap[at] = key;
}

static void rise(uint64_t *heap, int64_t at, uint64_t key)
{
    for (int64_t above; at > 0 && heap[above = (at - 1) / 2] < key; at = above)
        heap[at] = heap[above];
    heap[at] = key;
}

/* What candidates propose with and posts hold. */
typedef struct {
    const int64_t *ptr;
    const int32_t *post, *place, *seats;
    const int64_t *offset; /* where each post's heap begins */
    uint64_t *heap;
    int32_t *held, *cut; /* how many a post holds; a place beyond the cut is refused without more ado */
    int64_t *at;         /* where in their list each candidate proposes next */
} proposing;

/* Candidate i proposes until a post holds them; answers who was put out for that, -1 = nobody. */
static int64_t propose(proposing *p, int64_t i)
{
    int64_t e = p->at[i], end = p->ptr[i + 1];
    while (e < end && p->place[e] > p->cut[p->post[e]])
        e++;
    if (e == end) {
        p->at[i] = e;
        return -1;
    }
    p->at[i] = e + 1;
    int32_t j = p->post[e];
    uint64_t *heap = p->heap + p->offset[j], key = (uint64_t)(uint32_t)p->place[e] << 32 | (uint64_t)i;
    if (p->held[j] < p->seats[j]) {
        rise(heap, p->held[j]++, key);
        if (p->held[j] == p->seats[j])
            p->cut[j] = (int32_t)(heap[0] >> 32);
        return -1;
    }
    int64_t out = (int64_t)(heap[0] & UINT32_MAX);
    sink(heap, p->seats[j], key);
    p->cut[j] = (int32_t)(heap[0] >> 32);
    return out;
}

/* Candidates propose: the match that is best for every one of them among the stable ones. Comes in: `held`
 * all 0, `cut` the greatest number (-1 for a post without a seat), `at` the beginnings of the lists, `post_of`
 * all -1; `heap` has room for all seats. `at` goes out behind the last post that each proposed to. */
PUBLIC void stable_candidates(int64_t candidates, int64_t posts, const int64_t *ptr, const int32_t *post,
                              const int32_t *place, const int32_t *seats, const int64_t *offset,
                              uint64_t *heap, int32_t *held, int32_t *cut, int64_t *at, int32_t *post_of)
{
    proposing p = {ptr, post, place, seats, offset, heap, held, cut, at};
    int64_t line[LINE], waiting = 0, head = 0, next = 0;
    while (next < candidates || waiting > 0) {
        int64_t i;
        if (waiting == LINE || next == candidates) {
            i = line[head];
            head = (head + 1) % LINE;
            waiting--;
        } else
            i = next++;
        int64_t out = propose(&p, i);
        if (out >= 0) {
            __builtin_prefetch(post + at[out]);
            __builtin_prefetch(place + at[out]);
            line[(head + waiting++) % LINE] = out;
        }
    }
    for (int64_t j = 0; j < posts; j++)
        for (int64_t s = 0; s < held[j]; s++)
            post_of[heap[offset[j] + s] & UINT32_MAX] = (int32_t)j;
}

/* Posts propose: the match that is best for every one of them among the stable ones. `holds` has for each
 * candidate the wish and the post they hold (wish << 32 | post), all ones = none; `free_seats` and `at` (the
 * beginnings of the lists) go on; `stack` and `stacked` (all 0) have room for all posts. */
PUBLIC void stable_posts(int64_t posts, const int64_t *ptr, const int32_t *candidate, const int32_t *wish,
                         uint64_t *holds, int32_t *free_seats, int64_t *at, int32_t *stack, uint8_t *stacked)
{
    for (int64_t first = 0; first < posts; first++) {
        int64_t top = 0;
        stack[0] = (int32_t)first;
        stacked[first] = 1;
        while (top >= 0) {
            int32_t j = stack[top];
            int64_t e = at[j], end = ptr[j + 1];
            if (free_seats[j] == 0 || e == end) {
                stacked[j] = 0;
                top--;
                continue;
            }
            at[j] = e + 1;
            if (e + AHEAD < end)
                __builtin_prefetch(holds + candidate[e + AHEAD], 1);
            uint64_t offer = (uint64_t)(uint32_t)wish[e] << 32 | (uint64_t)j, before = holds[candidate[e]];
            if (offer >= before)
                continue;
            holds[candidate[e]] = offer;
            free_seats[j]--;
            if (before == UINT64_MAX)
                continue;
            int32_t left = (int32_t)(before & UINT32_MAX);
            free_seats[left]++;
            if (!stacked[left]) {
                stacked[left] = 1;
                stack[++top] = left;
            }
        }
    }
}

/* The largest match with equals on both sides (Király 2013, "New Algorithm"), each post's seats side by side.
 *
 * Everybody asks the best of their list; of those they wish as much first one with a free seat. Who was refused
 * everywhere goes through the list a second time and then wins every tie: that is the second chance. Who took a
 * free seat while another post they wish as much had one too is unsure: while it has, they make way for
 * whoever comes, and take it. A seat is given to somebody unsure only as it is first taken, and a free seat once
 * taken stays taken; so each entry is looked at twice in each of the two turns at most. */
typedef struct {
    const int64_t *ptr;
    const int32_t *post, *place, *tier;
    const uint8_t *tied; /* entries of candidates' lists wished as much as the one before; NULL = none */
    const int32_t *seats;
    const int64_t *offset; /* where each post's seats begin: a heap of those who are sure, the worst on top; */
    uint64_t *heap;        /* from the end backwards those who may be unsure */
    int32_t *held, *unsure;
    int64_t *at, *look; /* whom of the equals each asks next, and behind which none has a free seat */
    uint8_t *chances;
} asking;

static int has_free_seat(const asking *p, int64_t e)
{
    return p->held[p->post[e]] < p->seats[p->post[e]];
}

/* Whether another post that candidate i wishes as much as the one they have has a free seat. */
static int is_unsure(asking *p, int64_t i)
{
    int64_t e = p->look[i], end = p->ptr[i + 1];
    while (p->tied && e < end && p->tied[e] && !has_free_seat(p, e))
        e++;
    p->look[i] = e;
    return p->tied && e < end && p->tied[e];
}

/* The entry that candidate i asks next; -1 = they were refused everywhere. */
static int64_t asked_next(asking *p, int64_t i)
{
    int64_t end = p->ptr[i + 1];
    if (p->at[i] == end) {
        if (p->chances[i] || p->ptr[i] == end)
            return -1;
        p->chances[i] = 1;
        p->at[i] = p->look[i] = p->ptr[i];
    }
    while (p->look[i] < end && (p->look[i] == p->at[i] || (p->tied && p->tied[p->look[i]])))
        if (has_free_seat(p, p->look[i]++))
            return p->look[i] - 1;
    return p->at[i]++;
}

/* Somebody unsure at post j who makes way, -1 = nobody; who is found to be sure goes to the others. */
static int64_t makes_way(asking *p, int64_t j, const int32_t *listed)
{
    uint64_t *heap = p->heap + p->offset[j];
    while (p->unsure[j] > 0) {
        int64_t sure = p->seats[j] - p->unsure[j]--;
        uint64_t key = heap[sure];
        int64_t i = listed[key & INT32_MAX];
        if (is_unsure(p, i))
            return i;
        rise(heap, sure, key);
    }
    return -1;
}

/* Post j is asked for entry e by candidate i; answers who asks on, -1 = nobody. */
static int64_t answer(asking *p, int64_t i, int64_t e, const int32_t *listed)
{
    int32_t j = p->post[e];
    uint64_t *heap = p->heap + p->offset[j];
    /* A key: tier, then first = 0 or second chance = 1 turned round, then the place. */
    uint64_t key = (uint64_t)(uint32_t)p->tier[e] << 32 | (uint64_t)!p->chances[i] << 31 | (uint32_t)p->place[e];
    if (p->held[j] < p->seats[j]) {
        if (is_unsure(p, i))
            heap[p->seats[j] - ++p->unsure[j]] = key;
        else
            rise(heap, p->held[j] - p->unsure[j], key);
        p->held[j]++;
        return -1;
    }
    int64_t out = makes_way(p, j, listed);
    if (out >= 0) {
        rise(heap, p->seats[j] - p->unsure[j] - 1, key);
        return out;
    }
    if (p->seats[j] == 0 || key >= heap[0])
        return i;
    out = listed[heap[0] & INT32_MAX];
    sink(heap, p->seats[j], key);
    return out;
}

/* Who has which post (`post_of`, comes in all -1), and who took the second chance (`chances`, all 0). By
 * seniority; who is put out asks on at once. Comes in: `held` and `unsure` all 0, `at` and `look` the beginnings
 * of the lists; `tier` = where the equals of each entry begin in the post's list, `listed` the posts' lists. */
PUBLIC void stable_largest(int64_t candidates, int64_t posts, const int64_t *ptr, const int32_t *post,
                           const int32_t *place, const int32_t *tier, const uint8_t *tied,
                           const int32_t *seats, const int64_t *offset, const int64_t *post_ptr,
                           const int32_t *listed, uint64_t *heap, int32_t *held, int32_t *unsure, int64_t *at,
                           int64_t *look, uint8_t *chances, int32_t *post_of)
{
    asking p = {ptr, post, place, tier, tied, seats, offset, heap, held, unsure, at, look, chances};
    for (int64_t first = 0; first < candidates; first++)
        for (int64_t i = first, e; i >= 0 && (e = asked_next(&p, i)) >= 0;)
            i = answer(&p, i, e, listed + post_ptr[post[e]]);
    for (int64_t j = 0; j < posts; j++)
        for (int64_t s = 0; s < seats[j]; s++)
            /* Free seats lie between those who are sure and those who may be unsure. */
            if (s < held[j] - unsure[j] || s >= seats[j] - unsure[j])
                post_of[listed[post_ptr[j] + (int64_t)(heap[offset[j] + s] & INT32_MAX)]] = (int32_t)j;
}
