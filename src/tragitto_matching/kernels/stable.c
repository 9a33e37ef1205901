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

/* The second chance (Király 2011): who was refused everywhere goes through their list once more and then wins
 * every tie. Here the order of proposing matters: by seniority, who is put out goes on at once. Comes in as
 * for stable_candidates; `tier` = where the equals of each entry begin in the post's list, `listed` the posts'
 * lists, `chances` all 0. Goes out: `chances` 1 for who needed the second chance.
 * A key: tier, then first = 0 or second chance = 1 turned round, then the place. */
PUBLIC void stable_second_chance(int64_t candidates, const int64_t *ptr, const int32_t *post,
                                 const int32_t *place, const int32_t *tier, const int32_t *seats,
                                 const int64_t *offset, const int64_t *post_ptr, const int32_t *listed,
                                 uint64_t *heap, int32_t *held, int64_t *at, uint8_t *chances)
{
    for (int64_t first = 0; first < candidates; first++) {
        int64_t i = first;
        while (i >= 0) {
            if (at[i] == ptr[i + 1]) {
                if (chances[i] || ptr[i] == ptr[i + 1])
                    break;
                chances[i] = 1;
                at[i] = ptr[i];
            }
            int64_t e = at[i]++;
            int32_t j = post[e];
            uint64_t *top = heap + offset[j];
            uint64_t key = (uint64_t)(uint32_t)tier[e] << 32 | (uint64_t)!chances[i] << 31 | (uint32_t)place[e];
            if (held[j] < seats[j]) {
                rise(top, held[j]++, key);
                break;
            }
            if (seats[j] == 0 || key >= top[0])
                continue;
            i = listed[post_ptr[j] + (int64_t)(top[0] & INT32_MAX)];
            sink(top, seats[j], key);
        }
    }
}
