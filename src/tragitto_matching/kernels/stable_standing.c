/* Where each candidate stands in a match, and how far down its list each post took people. */
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
