/* Reverse auction: what has empty seats may not keep a price, so it draws candidates until it needs none.
 *
 * Bertsekas, Castañón and Tsaknakis, "Reverse auction and the solution of inequality constrained assignment
 * problems" (1993), for seats. Nobody loses a seat here: prices only fall, candidates only gain.
 *
 * With groups the empty seats that still cost something are holes at one of two levels. A post dearer than its
 * group has a hole for each empty seat of its own. What is missing in the group beyond those are holes of the
 * group, at its price: any post of the group that costs no more than that may fill them. The forward auction
 * leaves no more holes than the group has seats, for whoever left a seat still holds it there (see NOBODY).
 */
#include "assignment.h"

typedef struct {
    Auction *a;
    int64_t first, count;
    /* The offers to the post or group at work, as a heap. */
    int64_t offers;
} Reverse;

static int is_dear(const Auction *a, int32_t post)
{
    return a->own[post] > floor_of(a, post);
}

/* A post of the group at work, whose price still falls with the group's. */
static int is_beside(const Auction *a, int32_t post, int32_t group)
{
    return a->group[post] == group && a->own[post] == 0;
}

/* Posts stand in the ring as themselves, groups behind the posts. */
static void enqueue(Reverse *r, int64_t which)
{
    const Auction *a = r->a;
    if (a->queued[which])
        return;
    int64_t size = a->groups + a->posts, at = r->first + r->count++;
    a->ring[at >= size ? at - size : at] = (int32_t)which;
    a->queued[which] = 1;
}

/* The post, or else its group, has a hole more than before. */
static void seek(Reverse *r, int32_t post)
{
    const Auction *a = r->a;
    if (a->taken[post] < a->seats[post] && is_dear(a, post))
        enqueue(r, post);
    else if (a->groups && a->group[post] >= 0 && a->common[a->group[post]] > 0)
        enqueue(r, a->posts + a->group[post]);
}

/* Greater gain first; of equal ones the earlier pair. */
static inline int before(Offer one, Offer other)
{
    return one.gain > other.gain || (one.gain == other.gain && one.at < other.at);
}

static void offer_down(Offer *offers, int64_t count, int64_t at, Offer offer)
{
    for (;;) {
        int64_t below = 2 * at + 1;
        if (below >= count)
            break;
        if (below + 1 < count && before(offers[below + 1], offers[below]))
            below++;
        if (!before(offers[below], offer))
            break;
        offers[at] = offers[below];
        at = below;
    }
    offers[at] = offer;
}

static void offer_push(Reverse *r, Offer offer)
{
    Offer *offers = r->a->offer;
    int64_t at = r->offers++;
    while (at > 0 && before(offer, offers[(at - 1) >> 1])) {
        offers[at] = offers[(at - 1) >> 1];
        at = (at - 1) >> 1;
    }
    offers[at] = offer;
}

static void drop_first(Reverse *r)
{
    r->offers--;
    offer_down(r->a->offer, r->offers, 0, r->a->offer[r->offers]);
}

/* At what price the post would suit the candidate as well as what he or she has now. */
static int64_t gain_of(const Auction *a, int64_t at)
{
    int32_t who = candidate_at(a, at), now = a->post_of[who];
    int64_t gain = score_at(a, at) * a->scale;
    return now < 0 ? gain : gain - (a->held[who] * a->scale - price_of(a, now));
}

static void collect(Reverse *r, int32_t post, int64_t least, int32_t group)
{
    const Auction *a = r->a;
    for (int64_t at = a->ptr[post]; at < a->ptr[post + 1]; at++) {
        int32_t now = a->post_of[candidate_at(a, at)];
        if (now == post || (group >= 0 && now >= 0 && a->group[now] == group && a->own[now] <= a->common[group]))
            continue;
        int64_t gain = gain_of(a, at);
        if (gain > least)
            a->offer[r->offers++] = (Offer){gain, at, post};
    }
}

static void order_offers(Reverse *r)
{
    for (int64_t at = r->offers / 2; at-- > 0;)
        offer_down(r->a->offer, r->offers, at, r->a->offer[at]);
}

/* The candidate changes seats; a hole stays behind. */
static void take(Reverse *r, Offer offer)
{
    Auction *a = r->a;
    int32_t post = (int32_t)offer.post, who = candidate_at(a, offer.at), from = a->post_of[who];
    if (from >= 0) {
        int64_t at = a->offset[from];
        while (a->sitter[at] != who)
            at++;
        a->sitter[at] = a->sitter[a->offset[from] + --a->taken[from]];
        if (a->groups && a->group[from] >= 0)
            a->group_taken[a->group[from]]--;
        seek(r, from);
    }
    a->sitter[a->offset[post] + a->taken[post]++] = who;
    if (a->groups && a->group[post] >= 0)
        a->group_taken[a->group[post]]++;
    a->post_of[who] = post;
    a->held[who] = score_at(a, offer.at);
}

/* A dear post fills its own holes, best offers first; the best that is refused says the price. */
static void fill_post(Reverse *r, int32_t post)
{
    Auction *a = r->a;
    int64_t floor = floor_of(a, post), price = floor;
    r->offers = 0;
    collect(r, post, floor, -1);
    order_offers(r);
    while (r->offers > 0 && a->taken[post] < a->seats[post]) {
        take(r, a->offer[0]);
        drop_first(r);
    }
    if (r->offers > 0 && a->offer[0].gain - a->epsilon > floor)
        price = a->offer[0].gain - a->epsilon;
    if (price < a->own[post])
        a->own[post] = price;
    /* The holes it could not fill are its group's now. */
    if (a->taken[post] < a->seats[post])
        seek(r, post);
}

/* Where the pair stands in the row of the post: candidates ascend there. */
static int64_t find_pair(const Auction *a, int32_t post, int32_t who)
{
    int64_t low = a->ptr[post], high = a->ptr[post + 1];
    while (low < high) {
        int64_t middle = (low + high) >> 1;
        if (candidate_at(a, middle) < who)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* A post is full and refuses an offer: from now on its price stays, while those beside it go on falling, and who
 * sits here may come to prefer one of them. */
static void price_full_post(Reverse *r, int32_t post, int64_t price)
{
    Auction *a = r->a;
    int32_t group = a->group[post];
    a->own[post] = price;
    for (int64_t seat = a->offset[post]; seat < a->offset[post] + a->taken[post]; seat++) {
        int32_t who = a->sitter[seat];
        for (int64_t at = a->row[who]; at < a->row[who + 1]; at++) {
            int32_t other = (int32_t)(choice_at(a, at) >> a->score_bits);
            if (other == post || !is_beside(a, other, group))
                continue;
            int64_t pair = find_pair(a, other, who);
            offer_push(r, (Offer){gain_of(a, pair), pair, other});
        }
    }
}

/* Holes of the group beyond those of its dear posts. */
static int64_t holes_of(const Auction *a, int32_t group)
{
    int64_t holes = a->group_seats[group] - a->group_taken[group];
    for (int64_t at = a->group_ptr[group]; at < a->group_ptr[group + 1]; at++) {
        int32_t post = a->group_posts[at];
        if (is_dear(a, post))
            holes -= a->seats[post] - a->taken[post];
    }
    return holes;
}

/* All posts of the group that cost what it costs come down together from now on: their own price is 0 until one
 * of them, full, refuses somebody. */
static void let_fall(Reverse *r, int32_t group)
{
    Auction *a = r->a;
    r->offers = 0;
    for (int64_t at = a->group_ptr[group]; at < a->group_ptr[group + 1]; at++) {
        int32_t post = a->group_posts[at];
        if (!is_dear(a, post)) {
            collect(r, post, 0, group);
            /* A mark, until all offers are collected at the prices of before. */
            a->own[post] = -1;
        }
    }
    a->common[group] = 0;
    for (int64_t at = a->group_ptr[group]; at < a->group_ptr[group + 1]; at++)
        if (a->own[a->group_posts[at]] < 0)
            a->own[a->group_posts[at]] = 0;
    order_offers(r);
}

/* Whether the best offer stands as it is; if not, it is put where it belongs. */
static int stands(Reverse *r, int32_t group)
{
    const Auction *a = r->a;
    Offer offer = a->offer[0];
    int32_t now = a->post_of[candidate_at(a, offer.at)];
    if (a->own[offer.post] > 0 || (now >= 0 && is_beside(a, now, group))) {
        drop_first(r);
        return 0;
    }
    int64_t gain = gain_of(a, offer.at);
    if (gain >= offer.gain)
        return 1;
    drop_first(r);
    if (gain > 0)
        offer_push(r, (Offer){gain, offer.at, offer.post});
    return 0;
}

/* A group fills its holes with the best offers to any of its posts that have room. */
static void fill_group(Reverse *r, int32_t group)
{
    Auction *a = r->a;
    int64_t holes = holes_of(a, group), price = 0;
    if (holes <= 0 || a->common[group] == 0)
        return;
    let_fall(r, group);
    while (r->offers > 0) {
        if (!stands(r, group))
            continue;
        Offer offer = a->offer[0];
        int64_t level = offer.gain > a->epsilon ? offer.gain - a->epsilon : 0;
        int is_full = a->taken[offer.post] == a->seats[offer.post];
        if (!is_full && holes == 0) {
            price = level;
            break;
        }
        drop_first(r);
        if (is_full) {
            price_full_post(r, (int32_t)offer.post, level);
        } else {
            take(r, offer);
            holes--;
        }
    }
    a->common[group] = price;
}

/* Seats that are held for nobody are the holes; posts and groups that cost something seek to fill them. */
static void prepare(Reverse *r)
{
    Auction *a = r->a;
    for (int32_t post = 0; post < a->posts; post++) {
        int64_t first = a->offset[post], kept = first;
        for (int64_t at = first; at < first + a->taken[post]; at++)
            if (a->sitter[at] != NOBODY)
                a->sitter[kept++] = a->sitter[at];
        if (a->groups && a->group[post] >= 0)
            a->group_taken[a->group[post]] -= a->taken[post] - (kept - first);
        a->taken[post] = (int32_t)(kept - first);
    }
    for (int64_t which = 0; which < a->groups + a->posts; which++)
        a->queued[which] = 0;
    for (int32_t post = 0; post < a->posts; post++)
        if (a->taken[post] < a->seats[post] && is_dear(a, post))
            enqueue(r, post);
    for (int32_t group = 0; group < a->groups; group++)
        if (a->common[group] > 0 && a->group_taken[group] < a->group_seats[group])
            enqueue(r, a->posts + group);
}

/* Bring down the prices of all that has empty seats, until only what is full costs anything. */
EXPORTED void assignment_reverse(Auction *a)
{
    Reverse r = {.a = a};
    prepare(&r);
    while (r.count > 0) {
        int32_t which = a->ring[r.first];
        r.first = r.first + 1 == a->groups + a->posts ? 0 : r.first + 1;
        r.count--;
        a->queued[which] = 0;
        if (which >= a->posts)
            fill_group(&r, which - (int32_t)a->posts);
        else if (a->taken[which] < a->seats[which] && is_dear(a, which))
            fill_post(&r, which);
    }
}
