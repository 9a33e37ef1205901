/* Forward auction with similar seats and nested group seats: candidates bid, prices only rise.
 *
 * Bertsekas and Castañón, "The auction algorithm for the transportation problem" (1989). Every seat is held
 * at a level, the bid it was bought for. Who bids for a full post puts out its lowest sitter; who bids for a
 * post with room in a full group puts out the lowest sitter of the whole group. So each candidate seated is
 * within epsilon of the best choice at the prices of the moment.
 */
#include "assignment.h"

typedef struct {
    int64_t first, second;
    int32_t post, score;
} Wish;

/* Written once, made four times: with groups and without, for choices of 4 bytes and of 8. */
static inline __attribute__((always_inline)) Wish wish_of(const Auction *a, int32_t who, int grouped, int narrow)
{
    Wish wish = {0, 0, -1, 0};
    const uint32_t *narrows = a->choice;
    const uint64_t *wides = a->choice;
    const int64_t bits = a->score_bits, scale = a->scale, end = a->row[who + 1];
    const uint64_t scores = (UINT64_C(1) << bits) - 1;
    uint64_t best = 0;
    for (int64_t at = a->row[who]; at < end; at++) {
        uint64_t choice = narrow ? narrows[at] : wides[at];
        int32_t post = (int32_t)(choice >> bits);
        int64_t price = grouped ? price_of(a, post) : a->own[post];
        int64_t gain = (int64_t)(choice & scores) * scale - price;
        /* Without branches, which no processor could foresee. */
        int64_t lower = gain < wish.first ? gain : wish.first;
        wish.second = lower > wish.second ? lower : wish.second;
        best = gain > wish.first ? choice : best;
        wish.first = gain > wish.first ? gain : wish.first;
    }
    if (wish.first > 0) {
        wish.post = (int32_t)(best >> bits);
        wish.score = (int32_t)(best & scores);
    }
    return wish;
}

static inline __attribute__((always_inline)) Wish best_choices(const Auction *a, int32_t who, int grouped)
{
    return a->is_narrow ? wish_of(a, who, grouped, 1) : wish_of(a, who, grouped, 0);
}

static void sit(Auction *a, int32_t who, int32_t post, int32_t score)
{
    a->post_of[who] = post;
    a->held[who] = score;
}

static void unseat(Auction *a, int32_t who)
{
    if (who == NOBODY)
        return;
    a->post_of[who] = -1;
    a->stack[a->waiting++] = who;
}

/* A bid for a post that stands in no group. */
static void bid_alone(Auction *a, int32_t who, int32_t post, int64_t level)
{
    int64_t first = a->offset[post];
    if (a->taken[post] < a->seats[post]) {
        seat_push(a, post, level, who);
        if (a->taken[post] < a->seats[post])
            return;
    } else {
        unseat(a, a->sitter[first]);
        seat_replace_lowest(a, post, level, who);
    }
    if (a->level[first] > a->own[post])
        a->own[post] = a->level[first];
}

/* Make room for one in a full group: its lowest sitter goes. */
static void put_out_lowest(Auction *a, int32_t group)
{
    int32_t from = a->lowest[a->group_ptr[group]];
    unseat(a, seat_take_lowest(a, from));
    a->group_taken[group]--;
    group_refresh(a, from);
}

static void bid_in_group(Auction *a, int32_t who, int32_t post, int64_t level)
{
    int32_t group = a->group[post];
    if (a->taken[post] == a->seats[post]) {
        bid_alone(a, who, post, level);
    } else {
        if (a->group_taken[group] == a->group_seats[group])
            put_out_lowest(a, group);
        bid_alone(a, who, post, level);
        a->group_taken[group]++;
    }
    group_refresh(a, post);
    group_reprice(a, group);
}

static inline __attribute__((always_inline)) int64_t forward(Auction *a, int64_t most, int grouped)
{
    int64_t bids = 0;
    while (a->waiting > 0 && bids < most) {
        int32_t who = a->stack[--a->waiting];
        Wish wish = best_choices(a, who, grouped);
        if (wish.post < 0)
            continue;
        int64_t price = grouped ? price_of(a, wish.post) : a->own[wish.post];
        int64_t level = price + wish.first - wish.second + a->epsilon;
        sit(a, who, wish.post, wish.score);
        if (grouped && a->group[wish.post] >= 0)
            bid_in_group(a, who, wish.post, level);
        else
            bid_alone(a, who, wish.post, level);
        bids++;
    }
    return bids;
}

/* At most `most` bids of those who wait; returns how many were made. */
EXPORTED int64_t assignment_forward(Auction *a, int64_t most)
{
    return a->groups ? forward(a, most, 1) : forward(a, most, 0);
}

/* The seat is held at today's price. */
static void hold(Auction *a, int32_t post, int32_t who)
{
    seat_push(a, post, price_of(a, post), who);
    if (a->groups && a->group[post] >= 0)
        a->group_taken[a->group[post]]++;
}

/* Prices come down by `lower`: those of the coarser phase before are too high by about its epsilon. What has
 * empty seats costs nothing; its own price is as good as none. */
static void lower_prices(Auction *a, int64_t lower)
{
    for (int64_t post = 0; post < a->posts; post++) {
        a->own[post] = a->own[post] > lower ? a->own[post] - lower : 0;
        a->taken[post] = 0;
        a->place[post] = -1;
    }
    for (int64_t group = 0; group < a->groups; group++) {
        a->common[group] = a->common[group] > lower ? a->common[group] - lower : 0;
        a->group_taken[group] = 0;
        a->in_heap[group] = 0;
    }
}

/* A phase begins: who is within the new epsilon of the best choice stays; the others wait, and the seats that
 * they give up are held for nobody, for what has room may not cost anything while people bid. */
EXPORTED void assignment_start(Auction *a, int64_t lower)
{
    lower_prices(a, lower);
    a->waiting = 0;
    for (int64_t who = 0; who < a->candidates; who++) {
        int32_t post = a->post_of[who];
        if (post >= 0) {
            int64_t price = price_of(a, post);
            int64_t most = best_choices(a, (int32_t)who, a->groups > 0).first;
            int stays = a->held[who] * a->scale - price >= most - a->epsilon;
            if (stays || price > 0)
                hold(a, post, stays ? (int32_t)who : NOBODY);
            if (stays)
                continue;
            a->post_of[who] = -1;
        }
        a->stack[a->waiting++] = (int32_t)who;
    }
    for (int32_t post = 0; post < a->posts; post++) {
        if (a->taken[post] < a->seats[post])
            a->own[post] = 0;
        if (a->groups && a->group[post] >= 0)
            group_refresh(a, post);
    }
    for (int32_t group = 0; group < a->groups; group++)
        group_reprice(a, group);
}

/* How far the assignment is from what the prices prove at most, in units of 1/scale. */
EXPORTED int64_t assignment_gap(const Auction *a)
{
    int64_t gap = 0;
    for (int64_t who = 0; who < a->candidates; who++) {
        gap += best_choices(a, (int32_t)who, a->groups > 0).first;
        if (a->post_of[who] >= 0)
            gap -= a->held[who] * a->scale;
    }
    for (int32_t post = 0; post < a->posts; post++)
        gap += a->seats[post] * (price_of(a, post) - floor_of(a, post));
    for (int64_t group = 0; group < a->groups; group++)
        gap += a->group_seats[group] * a->common[group];
    return gap;
}
