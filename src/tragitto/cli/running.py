"""Commands that run the house."""

import sys

import click

from tragitto.cli.commands import as_house
from tragitto.cli.saying import Careful, counted


@click.command(cls=Careful)
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
@click.option("--no-browser", is_flag=True, help="Do not open a browser.")
@click.pass_obj
def demo(house: object, port: int, no_browser: bool) -> None:
    """Start everything with a made-up scheme and print the sign-ins; Ctrl-C stops it all."""
    as_house(house).demonstrate(port=port, browser=not no_browser)


@click.command(cls=Careful)
@click.pass_obj
def serve(house: object) -> None:
    """Start web server and workers for real use; settings come from the environment (docs/settings.md)."""
    as_house(house).serve()


@click.command(cls=Careful)
@click.pass_obj
def migrate(house: object) -> None:
    """Bring the database up to date as its owner, and give the ordinary role its rights."""
    as_house(house).migrate()


@click.command(cls=Careful)
@click.option("--deploy", is_flag=True, help="Also what only matters on the public network.")
def check(deploy: bool) -> None:
    """Check the settings; the exit status is 1 when something is wrong."""
    from tragitto.cli import deployment

    problems = deployment.problems(deploy=deploy)
    for problem in problems:
        click.echo(problem, err=True)
    click.echo(counted(len(problems), "problem"))
    sys.exit(1 if problems else 0)


@click.command(cls=Careful)
@click.option("--markdown", is_flag=True, help="As the page docs/settings.md.")
@click.pass_obj
def settings(house: object, markdown: bool) -> None:
    """List every deployment variable with its default and meaning."""
    for line in as_house(house).variables(markdown=markdown):
        click.echo(line)


@click.command(cls=Careful)
@click.pass_obj
def messages(house: object) -> None:
    """Renew the catalogues of the pages' texts from the code (maintainers; needs GNU gettext)."""
    for line in as_house(house).renew_messages():
        click.echo(line)
