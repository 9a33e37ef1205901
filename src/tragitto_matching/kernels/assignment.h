/* The state of an auction for seats, laid out by Python: every array is the caller's. */
#ifndef TRAGITTO_ASSIGNMENT_H
#define TRAGITTO_ASSIGNMENT_H

#include <stdint.h>

#define EXPORTED __attribute__((visibility("default")))

/* Who holds a seat that was given up in this phase, so that its price stands until somebody bids more. */
enum { NOBODY = -1 };

/* How pairs are turned round; the same fields, in the same order, as `_Turn` in assignment_compiled.py. */
typedef struct {
    int64_t candidates, posts;
    /* Bits that hold every candidate, post and score; a choice takes 4 bytes if narrow, else 8. */
    int64_t candidate_bits, post_bits, score_bits, is_narrow;
    /* Keys that fit each half of the room. */
    int64_t fit;
    const int64_t *ptr;
    int32_t *candidate;
    int32_t *score;
    int64_t *row;
    void *choice;
    int64_t *next;
    uint64_t *room;
} Turn;

/* What a post could get a candidate for; `at` is the pair, in the order of posts. */
typedef struct {
    int64_t gain;
    int64_t at;
    int64_t post;
} Offer;

/* The same fields, in the same order, as `_State` in assignment_compiled.py. */
typedef struct {
    int64_t candidates, posts, groups;
    /* Prices and epsilon are in units of 1/scale of a point. */
    int64_t scale, epsilon;
    /* How many candidates wait on the stack. */
    int64_t waiting;
    /* A choice is a post and, in its lowest bits, the score; it takes 4 bytes if narrow, else 8. */
    int64_t score_bits, is_narrow;
    /* Bits of the score under each candidate: 0, unless the choices lie where the scores were. */
    int64_t shift;
    /* Choices by candidate; candidates and scores by post, in one number where the shift is not 0. */
    const int64_t *row;
    const void *choice;
    const int64_t *ptr;
    const int32_t *candidate;
    const int32_t *score;
    const int32_t *seats;
    /* (posts,) the group of each post or -1; the seats of each group; posts in order of group. */
    const int32_t *group;
    const int64_t *group_seats;
    const int64_t *group_ptr;
    const int32_t *group_posts;
    /* Own price of a post: its lowest level if it is full, what is left of an older price if it is not. */
    int64_t *own;
    /* Price of a group: the lowest level within, if it is full. A post costs the greater of the two. */
    int64_t *common;
    /* Seats taken: a heap of levels for each post, in `offset[j]` and following; who sits there. */
    const int64_t *offset;
    int64_t *level;
    int32_t *sitter;
    int32_t *taken;
    int64_t *group_taken;
    /* Heap of the posts of each group by their lowest level, in group_ptr[g] and following; where a post is. */
    int32_t *lowest;
    int32_t *place;
    int32_t *in_heap;
    /* Where each candidate sits, -1 = nowhere, and the score there. */
    int32_t *post_of;
    int32_t *held;
    int32_t *stack;
    /* Reverse: ring of posts and groups (posts + groups), which are in it, offers (twice the longest pool). */
    int32_t *ring;
    uint8_t *queued;
    Offer *offer;
} Auction;

/* The choice at a place of the rows, whichever its width. */
static inline uint64_t choice_at(const Auction *a, int64_t at)
{
    return a->is_narrow ? ((const uint32_t *)a->choice)[at] : ((const uint64_t *)a->choice)[at];
}

/* Candidate and score of a pair, by its place in the order of posts. */
static inline int32_t candidate_at(const Auction *a, int64_t at)
{
    return (int32_t)((uint32_t)a->candidate[at] >> a->shift);
}

static inline int32_t score_at(const Auction *a, int64_t at)
{
    return a->shift ? a->candidate[at] & (int32_t)((UINT32_C(1) << a->shift) - 1) : a->score[at];
}

/* What a seat of the post costs now. */
static inline int64_t price_of(const Auction *a, int32_t post)
{
    int64_t own = a->own[post];
    if (a->groups && a->group[post] >= 0) {
        int64_t common = a->common[a->group[post]];
        return common > own ? common : own;
    }
    return own;
}

/* What the group's price is for a post: below it the post's own price may not count. */
static inline int64_t floor_of(const Auction *a, int32_t post)
{
    return a->groups && a->group[post] >= 0 ? a->common[a->group[post]] : 0;
}

void seat_push(Auction *a, int32_t post, int64_t level, int32_t who);
void seat_replace_lowest(Auction *a, int32_t post, int64_t level, int32_t who);
int32_t seat_take_lowest(Auction *a, int32_t post);
void group_refresh(Auction *a, int32_t post);
void group_reprice(Auction *a, int32_t group);

#endif
