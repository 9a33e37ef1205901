/* Shortlists in which looks are spread as evenly as the pairs allow.
 *
 * First the lists are filled; then, from the highest number of looks down, everybody who has so many hands
 * places on to people with two fewer at least, along shortest ways, as many at a time as do not cross
 * (E. Dinic, Algorithm for solution of a problem of maximum flow in networks with power estimation, Soviet
 * Math. Dokl. 11, 1970; for lists of one place each: J. Hopcroft, R. Karp, SIAM J. Comput. 2, 1973; by
 * levels: J. Fakcharoenphol, B. Laekhanukit, D. Nanongkai, Faster algorithms for semi-matching problems,
 * ACM Trans. Algorithms 10, 2014). Whoever is come by when no way is left is settled at this level.
 *
 * Post j has the places base[j] .. base[j+1]-1; place x holds the pair held[x] (-1 = nobody), and the places
 * of a candidate hang together by after[] and before[], so that a search goes from a candidate to the posts
 * that show them without a table of everybody's posts. Same order of everything as in shortlists_plain.py.
 */
#include <stdint.h>

#define VISIBLE __attribute__((visibility("default")))
#define FAR INT32_MAX /* no search comes to this post any more */

typedef struct {
    const int64_t *ptr;
    const int32_t *candidate, *score;
    const int64_t *base;
    int64_t *held;
    int32_t *post_of;          /* by place */
    uint8_t *on;               /* by pair: 1 = on the list, 2 = withheld from all lists */
    int32_t *looks, *first, *after, *before; /* by candidate, by candidate, by place, by place */
    int32_t *level;            /* by candidate: what is settled, -1 = not yet */
    int32_t *seen, *seen_post; /* filling: the last search that came by; levelling: steps away, -1 = not come to */
    int32_t *next, *queue;     /* by candidate: the place to try next; who was come to, in order */
    int64_t *cheap, *scan;     /* by post: how far its row was looked through, for a goal and for a way on */
    int32_t *way_place, *way_next; /* by step of the search: the place given up, the next place to try */
    int64_t *way_pair;         /* by step: the pair that would take the place */
    int32_t *come;             /* the posts that this search has come to */
    int32_t search, comes;
} State;

static void hang_in(State *s, int32_t place, int64_t pair) {
    int32_t who = s->candidate[pair], next = s->first[who];
    s->held[place] = pair;
    s->on[pair] = 1;
    s->before[place] = -1;
    s->after[place] = next;
    if (next >= 0) s->before[next] = place;
    s->first[who] = place;
    s->looks[who]++;
}

static void take_out(State *s, int32_t place) {
    int64_t pair = s->held[place];
    int32_t who = s->candidate[pair];
    s->on[pair] = 0;
    if (s->before[place] >= 0) s->after[s->before[place]] = s->after[place];
    else s->first[who] = s->after[place];
    if (s->after[place] >= 0) s->before[s->after[place]] = s->before[place];
    s->looks[who]--;
}

/* Of two pairs of a post, which comes first: fewer looks, then the higher score, then the earlier one. */
static int is_before(const State *s, int64_t one, int64_t other) {
    int32_t a = s->looks[s->candidate[one]], b = s->looks[s->candidate[other]];
    if (a != b) return a < b;
    if (s->score[one] != s->score[other]) return s->score[one] > s->score[other];
    return one < other;
}

/* Let the pair at the top of a heap, the last of all on top, sink to where it belongs. */
static void sink(const State *s, int64_t *heap, int64_t size) {
    int64_t at = 0, pair = heap[0];
    for (;;) {
        int64_t child = 2 * at + 1;
        if (child >= size) break;
        if (child + 1 < size && is_before(s, heap[child], heap[child + 1])) child++;
        if (!is_before(s, pair, heap[child])) break;
        heap[at] = heap[child];
        at = child;
    }
    heap[at] = pair;
}

static void rise(const State *s, int64_t *heap, int64_t at) {
    int64_t pair = heap[at];
    for (; at > 0 && is_before(s, heap[(at - 1) / 2], pair); at = (at - 1) / 2) heap[at] = heap[(at - 1) / 2];
    heap[at] = pair;
}

/* The first `places` pairs of the post, in that order, nobody beyond `most` looks; how many there are. */
static int64_t choose(const State *s, int32_t post, int64_t places, int32_t most, int64_t *heap) {
    int64_t size = 0;
    for (int64_t e = s->ptr[post]; e < s->ptr[post + 1]; e++) {
        if (s->on[e] || s->looks[s->candidate[e]] >= most) continue;
        if (size < places) {
            heap[size] = e;
            rise(s, heap, size++);
        } else if (places && is_before(s, e, heap[0])) {
            heap[0] = e;
            sink(s, heap, size);
        }
    }
    for (int64_t rest = size - 1; rest > 0; rest--) {
        int64_t last = heap[0];
        heap[0] = heap[rest];
        sink(s, heap, rest);
        heap[rest] = last;
    }
    return size;
}

/* Somebody of the post's row, not on its list, who has fewer than `most` looks; -1 = nobody (any more: looks
 * only rise while lists are filled, so that who was passed by stays passed by). */
static int64_t goal_of(State *s, int32_t post, int32_t most) {
    for (; s->cheap[post] < s->ptr[post + 1]; s->cheap[post]++) {
        int64_t e = s->cheap[post];
        if (!s->on[e] && s->looks[s->candidate[e]] < most) return e;
    }
    return -1;
}

/* The next place, from `place` on along the candidate's list, at a post where this search has not been. */
static int32_t fresh_place(const State *s, int32_t place) {
    while (place >= 0 && s->seen_post[s->post_of[place]] >= s->search) place = s->after[place];
    return place;
}

/* The next candidate of the post's row through whom the search may go on; -1 = none. */
static int64_t way_of(State *s, int32_t post) {
    for (; s->scan[post] < s->ptr[post + 1]; s->scan[post]++) {
        int64_t e = s->scan[post];
        int32_t who = s->candidate[e];
        if (s->on[e] || s->seen[who] == s->search) continue;
        s->seen[who] = s->search;
        s->scan[post]++;
        return e;
    }
    return -1;
}

static void come_to(State *s, int32_t post) {
    s->seen_post[post] = s->search;
    s->scan[post] = s->ptr[post];
    s->come[s->comes++] = post;
}

/* Along the way found, each place goes to the pair that stands ready for it. */
static void walk_back(State *s, int32_t depth) {
    for (; depth >= 0; depth--) {
        if (s->held[s->way_place[depth]] >= 0) take_out(s, s->way_place[depth]);
        hang_in(s, s->way_place[depth], s->way_pair[depth]);
    }
}

/* Give the place to somebody else, who gives up another one, and so on to somebody with fewer than `most` looks
 * (a depth-first search that comes to each post once). Returns 0 if there is no such way: then no later
 * search finds one through any of these posts either. */
static int hand_on(State *s, int32_t place, int32_t most) {
    int32_t depth = 0;
    s->search++;
    s->comes = 0;
    s->way_place[0] = place;
    s->way_next[0] = -1;
    come_to(s, s->post_of[place]);
    while (depth >= 0) {
        int32_t post = s->post_of[s->way_place[depth]];
        int64_t end = goal_of(s, post, most);
        if (end >= 0) {
            s->way_pair[depth] = end;
            walk_back(s, depth);
            return 1;
        }
        int32_t next = fresh_place(s, s->way_next[depth]);
        while (next < 0) {
            int64_t on = way_of(s, post);
            if (on < 0) break;
            s->way_pair[depth] = on;
            next = fresh_place(s, s->first[s->candidate[on]]);
        }
        if (next < 0) {
            depth--;
            continue;
        }
        s->way_next[depth] = s->after[next];
        s->way_place[++depth] = next;
        s->way_next[depth] = -1;
        come_to(s, s->post_of[next]);
    }
    while (s->comes) s->seen_post[s->come[--s->comes]] = FAR;
    return 0;
}

/* Fill the lists in the order of service: each with as many as can be without making an earlier one shorter. */
static void fill(State *s, const int32_t *order, int64_t posts, int32_t most, int64_t *heap) {
    for (int64_t j = 0; j < posts; j++) s->cheap[j] = s->ptr[j];
    for (int64_t k = 0; k < posts; k++) {
        int32_t post = order[k];
        int64_t places = s->base[post + 1] - s->base[post];
        int64_t found = choose(s, post, places, most, heap);
        for (int64_t x = 0; x < found; x++) hang_in(s, (int32_t)(s->base[post] + x), heap[x]);
        for (int64_t x = found; x < places; x++) {
            /* Everybody eligible has all the looks there may be: perhaps an earlier list can do without one. */
            if (!hand_on(s, (int32_t)(s->base[post] + x), most)) break;
        }
    }
}

/* How many steps everybody is away from those who have `top` looks, until the first who have two fewer are
 * come to. Returns how far those are, 0 = there are none; *come = how many people stand in the queue. */
static int32_t look_around(State *s, int64_t posts, int64_t people, int32_t top, int64_t *come) {
    int64_t head = 0, tail = 0;
    int32_t steps = 0, found = 0;
    for (int64_t j = 0; j < posts; j++)
        if (s->seen_post[j] != FAR) s->seen_post[j] = -1;
    for (int64_t who = 0; who < people; who++) {
        s->seen[who] = -1;
        if (s->looks[who] != top || s->level[who] >= 0) continue;
        s->seen[who] = 0;
        s->next[who] = s->first[who];
        s->queue[tail++] = (int32_t)who;
    }
    while (head < tail && !found) {
        steps++;
        for (int64_t end = tail; head < end; head++)
            for (int32_t x = s->first[s->queue[head]]; x >= 0; x = s->after[x]) {
                int32_t post = s->post_of[x];
                if (s->seen_post[post] != -1) continue;
                s->seen_post[post] = steps;
                s->scan[post] = s->ptr[post];
                for (int64_t e = s->ptr[post]; e < s->ptr[post + 1]; e++) {
                    int32_t who = s->candidate[e];
                    if (s->seen[who] >= 0 || s->level[who] >= 0 || s->on[e]) continue;
                    s->seen[who] = steps;
                    s->next[who] = s->first[who];
                    s->queue[tail++] = who;
                    if (s->looks[who] <= top - 2) found = steps;
                }
            }
    }
    *come = tail;
    return found;
}

/* A place of `who` at a post one step on, and a pair of its row yet another step on: 0 = there is none. */
static int step_on(State *s, int32_t who, int32_t goal, int32_t last, int32_t depth) {
    int32_t steps = s->seen[who] + 1;
    for (int32_t x = s->next[who]; x >= 0; x = s->after[x]) {
        int32_t post = s->post_of[x];
        if (s->seen_post[post] != steps) continue;
        int64_t e = s->scan[post];
        for (; e < s->ptr[post + 1]; e++) {
            int32_t other = s->candidate[e];
            if (s->seen[other] == steps && !s->on[e] && (steps < last || s->looks[other] <= goal)) break;
        }
        s->scan[post] = e;
        if (e == s->ptr[post + 1]) continue;
        s->next[who] = s->way_place[depth] = x;
        s->way_pair[depth] = e;
        return 1;
    }
    s->next[who] = -1;
    s->seen[who] = -1;
    return 0;
}

/* Hand one place of `who` on along a way of `last` steps, if there is one (any more). */
static void hand_down(State *s, int32_t who, int32_t goal, int32_t last) {
    int32_t depth = 0;
    for (;;) {
        if (!step_on(s, who, goal, last, depth)) {
            if (!depth) return;
            who = s->candidate[s->held[s->way_place[--depth]]];
            continue;
        }
        who = s->candidate[s->way_pair[depth]];
        if (++depth == last) break;
    }
    while (depth--) {
        int32_t place = s->way_place[depth];
        s->next[s->candidate[s->held[place]]] = s->after[place];
        take_out(s, place);
        hang_in(s, place, s->way_pair[depth]);
    }
}

/* All who have `top` looks hand places on to people with two fewer at least, until no way is left; then all
 * who were come by in vain are settled at this level. */
static void level_down(State *s, int64_t posts, int64_t people, int32_t top) {
    int64_t come;
    int32_t last;
    while ((last = look_around(s, posts, people, top, &come)) > 0)
        for (int64_t k = 0; k < come; k++)
            if (s->looks[s->queue[k]] == top) hand_down(s, s->queue[k], top - 2, last);
    while (come) s->level[s->queue[--come]] = top;
    /* From these posts nobody can be reached any more who is not settled. */
    for (int64_t j = 0; j < posts; j++)
        if (s->seen_post[j] >= 0) s->seen_post[j] = FAR;
}

/* The most looks of anybody who is not settled, -1 = everybody is. */
static int32_t highest(const State *s, int64_t people) {
    int32_t top = -1;
    for (int64_t who = 0; who < people; who++)
        if (s->level[who] < 0 && s->looks[who] > top) top = s->looks[who];
    return top;
}

/* The whole: fill the lists, then level the looks from the highest down. */
VISIBLE void shortlists_even(const int64_t *ptr, const int32_t *candidate, const int32_t *score,
                             const int64_t *base, int64_t *held, int32_t *post_of, uint8_t *on, int32_t *looks,
                             int32_t *by_person, int32_t *by_place, int32_t *by_post, int64_t *rows,
                             int64_t *way_pair, int64_t *heap, const int32_t *order, int64_t posts,
                             int64_t people, int64_t places, int32_t most) {
    State s = {ptr, candidate, score, base, held, post_of, on, looks, by_person, by_place, by_place + places,
               by_person + people, by_person + 2 * people, by_post, by_person + 3 * people,
               by_person + 4 * people, rows, rows + posts, by_post + posts, by_post + 2 * posts + 1, way_pair,
               by_post + 3 * posts + 2, 0, 0};
    fill(&s, order, posts, most, heap);
    for (int64_t j = 0; j < posts; j++) s.seen_post[j] = -1;
    for (int32_t top = highest(&s, people); top >= 0; top = highest(&s, people)) level_down(&s, posts, people, top);
}
