"""What whoever runs the bot for many workspaces reads on the command line."""

from storage.keys import read_keys
from tests.cli.conftest import Folder
from tests.support.ports import free_port

WHERE = "Set it in the environment or in .env (see .env.sample).\n"
GOOD = {
    "SLACK_CLIENT_ID": "1.2",
    "SLACK_CLIENT_SECRET": "made-up",
    "SLACK_SIGNING_SECRET": "made-up",
    "PUBLIC_URL": "https://waymark.example.org",
}


def test_a_key_is_printed_and_each_is_another(folder: Folder) -> None:
    one, two = folder.bot("key"), folder.bot("key")

    assert (one.returncode, one.stderr) == (0, "")
    assert (
        read_keys(f"{one.stdout.strip()},{two.stdout.strip()}").ids[0] != read_keys(two.stdout.strip()).ids[0]
    )


def test_a_wrong_key_is_one_line_without_the_key(folder: Folder) -> None:
    for command in ("web", "worker"):
        done = folder.bot(command, PORT=str(free_port()), WAYMARK_KEYS="hunter2", **GOOD)

        assert (done.returncode, done.stdout) == (1, "")
        assert done.stderr == f"WAYMARK_KEYS is no key: make one with python -m bot key. {WHERE}"


def test_what_is_missing_is_named(folder: Folder) -> None:
    done = folder.bot("web", PORT=str(free_port()), SLACK_CLIENT_ID="1.2")

    missing = ("SLACK_CLIENT_SECRET", "WAYMARK_KEYS", "PUBLIC_URL", "SLACK_SIGNING_SECRET")
    assert done.returncode == 1
    assert done.stderr == " ".join(f"{name} is not set." for name in missing) + f" {WHERE}"


def test_an_address_without_tls_is_refused(folder: Folder) -> None:
    done = folder.bot("web", PORT=str(free_port()), **{**GOOD, "PUBLIC_URL": "http://waymark.example.org"})

    assert done.returncode == 1
    assert done.stderr.startswith("PUBLIC_URL: ")
    assert "must begin with https://" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_the_bot_is_not_tried_out_with_the_settings_for_many(folder: Folder) -> None:
    done = folder.bot("try", PORT=str(free_port()), **GOOD)

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "SLACK_CLIENT_ID is set: unset it to try Waymark without Slack\n"


def test_many_workspaces_are_not_served_over_socket_mode(empty_folder: Folder) -> None:
    done = empty_folder.bot("run", SLACK_BOT_TOKEN="xoxb-1", SLACK_APP_TOKEN="xapp-1", **GOOD)

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(
        "SLACK_CLIENT_ID or SLACK_CLIENT_SECRET is set, for any number of workspaces"
    )
    assert len(done.stderr.splitlines()) == 1
    assert not empty_folder.database_file.exists()
