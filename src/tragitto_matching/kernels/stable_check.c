/* The judge of a stable match: who has a justified complaint. Shares nothing with the kernels that match. */
#include <stdint.h>

#define PUBLIC __attribute__((visibility("default")))

/* For candidates first..last: where in their list the post they have stands (`own`; the length of the list
 * for who has none, -1 for a post that is not in it), and for each post the worst place it took (`worst`). */
PUBLIC void stable_standing(int64_t first, int64_t last, const int64_t *ptr, const int32_t *post,
                            const int32_t *place, const int32_t *post_of, int32_t *own, int32_t *worst)
{
    for (int64_t i = first; i < last; i++) {
        int64_t a = ptr[i], e = a, end = ptr[i + 1];
        if (post_of[i] < 0) {
            own[i] = (int32_t)(end - a);
            continue;
        }
        while (e < end && post[e] != post_of[i])
            e++;
        own[i] = e < end ? (int32_t)(e - a) : -1;
        if (e < end && place[e] > worst[post_of[i]])
            worst[post_of[i]] = place[e];
    }
}

/* How many pairs of candidates first..last would both rather have each other: the post stands before the one
 * the candidate has, and the candidate before `worst`, the worst place it took (the end, with a free seat). */
PUBLIC int64_t stable_complaints(int64_t first, int64_t last, const int64_t *ptr, const int32_t *post,
                                 const int32_t *place, const int32_t *own, const int32_t *worst)
{
    int64_t complaints = 0;
    for (int64_t i = first; i < last; i++)
        for (int64_t e = ptr[i]; e < ptr[i] + own[i]; e++)
            complaints += place[e] < worst[post[e]];
    return complaints;
}
