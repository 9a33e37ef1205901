/* Heaps of the auction: the seats of a post by level, the posts of a group by their lowest level. */
#include "assignment.h"

static void seat_up(Auction *a, int64_t first, int64_t at, int64_t level, int32_t who)
{
    int64_t *levels = a->level + first;
    int32_t *sitters = a->sitter + first;
    while (at > 0) {
        int64_t above = (at - 1) >> 1;
        if (levels[above] <= level)
            break;
        levels[at] = levels[above];
        sitters[at] = sitters[above];
        at = above;
    }
    levels[at] = level;
    sitters[at] = who;
}

static void seat_sink(Auction *a, int64_t first, int64_t size, int64_t at, int64_t level, int32_t who)
{
    int64_t *levels = a->level + first;
    int32_t *sitters = a->sitter + first;
    for (;;) {
        int64_t below = 2 * at + 1;
        if (below >= size)
            break;
        if (below + 1 < size && levels[below + 1] < levels[below])
            below++;
        if (levels[below] >= level)
            break;
        levels[at] = levels[below];
        sitters[at] = sitters[below];
        at = below;
    }
    levels[at] = level;
    sitters[at] = who;
}

void seat_push(Auction *a, int32_t post, int64_t level, int32_t who)
{
    seat_up(a, a->offset[post], a->taken[post], level, who);
    a->taken[post]++;
}

void seat_replace_lowest(Auction *a, int32_t post, int64_t level, int32_t who)
{
    seat_sink(a, a->offset[post], a->taken[post], 0, level, who);
}

int32_t seat_take_lowest(Auction *a, int32_t post)
{
    int64_t first = a->offset[post];
    int32_t out = a->sitter[first];
    int64_t last = --a->taken[post];
    if (last > 0)
        seat_sink(a, first, last, 0, a->level[first + last], a->sitter[first + last]);
    return out;
}

static int64_t lowest_level(const Auction *a, int32_t post)
{
    return a->level[a->offset[post]];
}

/* Put `post` at `at` of the heap of its group, or nearer to the root where it belongs. */
static void group_up(Auction *a, int32_t *heap, int32_t at, int32_t post)
{
    int64_t level = lowest_level(a, post);
    while (at > 0) {
        int32_t above = (at - 1) >> 1;
        if (lowest_level(a, heap[above]) <= level)
            break;
        heap[at] = heap[above];
        a->place[heap[at]] = at;
        at = above;
    }
    heap[at] = post;
    a->place[post] = at;
}

static void group_down(Auction *a, int32_t *heap, int32_t size, int32_t at, int32_t post)
{
    int64_t level = lowest_level(a, post);
    for (;;) {
        int32_t below = 2 * at + 1;
        if (below >= size)
            break;
        if (below + 1 < size && lowest_level(a, heap[below + 1]) < lowest_level(a, heap[below]))
            below++;
        if (lowest_level(a, heap[below]) >= level)
            break;
        heap[at] = heap[below];
        a->place[heap[at]] = at;
        at = below;
    }
    heap[at] = post;
    a->place[post] = at;
}

/* Move a post whose lowest level changed to where it belongs; take it in or out as it has sitters or not. */
void group_refresh(Auction *a, int32_t post)
{
    int32_t group = a->group[post];
    int32_t *heap = a->lowest + a->group_ptr[group];
    int32_t at = a->place[post];
    if (at < 0) {
        if (a->taken[post] > 0)
            group_up(a, heap, a->in_heap[group]++, post);
        return;
    }
    if (a->taken[post] > 0) {
        group_up(a, heap, at, post);
        group_down(a, heap, a->in_heap[group], a->place[post], post);
        return;
    }
    a->place[post] = -1;
    int32_t last = heap[--a->in_heap[group]];
    if (last != post) {
        group_up(a, heap, at, last);
        group_down(a, heap, a->in_heap[group], a->place[last], last);
    }
}

/* A full group costs at least its lowest level; the price never falls here. */
void group_reprice(Auction *a, int32_t group)
{
    if (a->in_heap[group] && a->group_taken[group] >= a->group_seats[group]) {
        int64_t low = lowest_level(a, a->lowest[a->group_ptr[group]]);
        if (low > a->common[group])
            a->common[group] = low;
    }
}
