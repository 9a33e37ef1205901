/* Shortlists in which looks are spread as evenly as the pairs allow.
 *
 * Post j has the places base[j] .. base[j+1]-1; place x holds the pair held[x] (-1 = nobody), and the places
 * of a candidate hang together by after[] and before[], so that a search goes from a candidate to the posts
 * that show them without a table of everybody's posts. Same order of everything as in shortlists_plain.py.
 */
#include <stdint.h>

#define VISIBLE __attribute__((visibility("default")))

typedef struct {
    const int64_t *ptr;
    const int32_t *candidate, *score;
    const int64_t *base;
    int64_t *held;
    int32_t *post_of;          /* by place */
    uint8_t *on;               /* by pair: 1 = on the list, 2 = withheld from all lists */
    int32_t *looks, *first, *after, *before; /* by candidate, by candidate, by place, by place */
    int32_t *level;            /* by candidate: what is settled, -1 = not yet */
    int32_t *seen, *seen_post; /* the number of the last search that came by */
    int64_t *cheap, *scan;     /* by post: how far its row was looked through, for a goal and for a way on */
    int32_t *way_place, *way_next; /* by step of the search: the place given up, the next place to try */
    int64_t *way_pair;         /* by step: the pair that would take the place */
    int32_t search;
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

/* Somebody of the post's row, not on its list, who has at most `goal` looks; -1 = nobody (any more: within
 * one level looks only come near to the goal from below, so that who was passed by stays passed by). */
static int64_t goal_of(State *s, int32_t post, int32_t goal) {
    for (; s->cheap[post] < s->ptr[post + 1]; s->cheap[post]++) {
        int64_t e = s->cheap[post];
        int32_t who = s->candidate[e];
        if (!s->on[e] && s->looks[who] <= goal && s->level[who] < 0) return e;
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
        if (s->on[e] || s->level[who] >= 0 || s->seen[who] == s->search) continue;
        s->seen[who] = s->search;
        s->scan[post]++;
        return e;
    }
    return -1;
}

static void come_to(State *s, int32_t post) {
    s->seen_post[post] = s->search;
    s->scan[post] = s->ptr[post];
}

/* Along the way found, each place goes to the pair that stands ready for it. */
static void walk_back(State *s, int32_t depth) {
    for (; depth >= 0; depth--) {
        if (s->held[s->way_place[depth]] >= 0) take_out(s, s->way_place[depth]);
        hang_in(s, s->way_place[depth], s->way_pair[depth]);
    }
}

/* Give the place to somebody else, who gives up another one, and so on to somebody with at most `goal` looks
 * (a depth-first search that comes to each post once). Returns 0 if there is no such way. */
static int hand_on(State *s, int32_t place, int32_t goal) {
    int32_t depth = 0;
    s->way_place[0] = place;
    s->way_next[0] = -1;
    come_to(s, s->post_of[place]);
    while (depth >= 0) {
        int32_t post = s->post_of[s->way_place[depth]];
        int64_t end = goal_of(s, post, goal);
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
    return 0;
}

static void begin_level(State *s, int64_t posts) {
    for (int64_t j = 0; j < posts; j++) s->cheap[j] = s->ptr[j];
}

/* Fill the lists in the order of service: each with as many as can be without making an earlier one shorter. */
static void fill(State *s, const int32_t *order, int64_t posts, int32_t most, int64_t *heap) {
    begin_level(s, posts);
    for (int64_t k = 0; k < posts; k++) {
        int32_t post = order[k];
        int64_t places = s->base[post + 1] - s->base[post];
        int64_t found = choose(s, post, places, most, heap);
        for (int64_t x = 0; x < found; x++) hang_in(s, (int32_t)(s->base[post] + x), heap[x]);
        for (int64_t x = found; x < places; x++) {
            /* Everybody eligible has all the looks there may be: perhaps an earlier list can do without one. */
            s->search++;
            if (!hand_on(s, (int32_t)(s->base[post] + x), most - 1)) break;
        }
    }
}

/* All who have `top` looks hand places on to people with two fewer at least, until no way is left; then all
 * who were come by in vain are settled at this level. */
static void level_down(State *s, int64_t posts, int64_t people, int32_t top) {
    begin_level(s, posts);
    for (int found = 1; found;) {
        found = 0;
        s->search++;
        for (int64_t who = 0; who < people; who++) {
            if (s->looks[who] != top || s->level[who] >= 0) continue;
            s->seen[who] = s->search;
            int32_t place = fresh_place(s, s->first[who]);
            for (; place >= 0; place = fresh_place(s, s->after[place]))
                if (hand_on(s, place, top - 2)) {
                    found = 1;
                    break;
                }
        }
    }
    for (int64_t who = 0; who < people; who++)
        if (s->seen[who] == s->search && s->level[who] < 0) s->level[who] = top;
    /* From these posts nobody can be reached any more who is not settled. */
    for (int64_t j = 0; j < posts; j++)
        if (s->seen_post[j] == s->search) s->seen_post[j] = INT32_MAX;
}

/* The whole: fill the lists, then level the looks from the highest down. */
VISIBLE void shortlists_even(const int64_t *ptr, const int32_t *candidate, const int32_t *score,
                             const int64_t *base, int64_t *held, int32_t *post_of, uint8_t *on, int32_t *looks,
                             int32_t *by_person, int32_t *by_place, int32_t *by_post, int64_t *rows,
                             int64_t *way_pair, int64_t *heap, const int32_t *order, int64_t posts,
                             int64_t people, int64_t places, int32_t most) {
    State s = {ptr, candidate, score, base, held, post_of, on, looks, by_person, by_place, by_place + places,
               by_person + people, by_person + 2 * people, by_post, rows, rows + posts, by_post + posts,
               by_post + 2 * posts + 1, way_pair, 0};
    int32_t top = 0;
    fill(&s, order, posts, most, heap);
    for (int64_t who = 0; who < people; who++)
        if (looks[who] > top) top = looks[who];
    for (; top >= 0; top--) level_down(&s, posts, people, top);
}
