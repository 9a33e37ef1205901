"""Addresses of the roster: search, a person's file, lists, long work."""

from django.urls import URLPattern, path, register_converter

from tragitto.web.office.views.roster import bulk, exports, figures, lists, person, search, standing, work


class PublicCodeConverter:
    """A public code such as C-7KQ3M9C: capital letters, so that no word of an address is taken for one."""

    regex = r"[A-Z]{1,3}-[A-Z0-9]{1,60}"

    def to_python(self, value: str) -> str:
        """The code as it stands."""
        return value

    def to_url(self, value: str) -> str:
        """The code as it stands."""
        return value


register_converter(PublicCodeConverter, "public_code")
urlpatterns: list[URLPattern] = [
    path("roster/", search.people, name="roster"),
    path("roster/searches/", search.save_search, name="roster_save_search"),
    path("roster/searches/<public_code:code>/", search.saved, name="roster_saved_search"),
    path("roster/searches/<public_code:code>/dropping", search.drop, name="roster_drop_search"),
    path("roster/change/", bulk.change, name="roster_change"),
    path("roster/export/", exports.export, name="roster_export"),
    path("roster/lists/", lists.lists, name="roster_lists"),
    path("roster/lists/<public_code:code>/", lists.one, name="roster_list"),
    path("roster/lists/<public_code:code>/closing", lists.close, name="roster_close_list"),
    path("roster/lists/<public_code:code>/off", lists.take_off, name="roster_take_off"),
    path("roster/work/", work.work, name="roster_work"),
    path("roster/work/<public_code:code>/", work.one, name="roster_work_one"),
    path("roster/work/<public_code:code>/cancel", work.cancel, name="roster_cancel_work"),
    path("roster/work/<public_code:code>/file", exports.file, name="roster_work_file"),
    path("roster/figures/", figures.figures, name="roster_figures"),
    path("roster/figures.csv", figures.figures_file, name="roster_figures_file"),
    path("roster/<public_code:code>/standing/", standing.move, name="roster_move"),
    path("roster/<public_code:code>/question/", standing.question, name="roster_question"),
    path("roster/<public_code:code>/", person.person, name="roster_person"),
    path("roster/<public_code:code>/lists", lists.put, name="roster_put"),
]
