"""The page of the local workspace: Slack in a browser, for somebody without a Slack account.

    app.register_blueprint(create_blueprint(platform, people, PageSettings(hints=("/project list",))))

The page is drawn here and kept live by a little script; it asks no other host for anything, and runs and
styles nothing that is not a file of this package (see `files.HEADERS`). What people and apps write is
escaped where it becomes HTML (`markup.el`), never later.

    mrkdwn, rich_text, markdown   Slack's three ways of writing formatted text
    blocks, elements, menus …     Block Kit
    messages, views, sidebar      what the page shows of the workspace to one person
    routes, posts                 HTTP

What tests may hold on to:

- `body[data-live]` is there as soon as the script is: before, keys do only what a browser does by itself
- the composer is a textbox named "Message #channel-name" ("Message Name" in a direct message, "Reply to
  thread" in a thread); Enter sends, Shift+Enter starts a line
- completions are options of a listbox named "Completions"
- the app's global shortcuts are in the menu "Shortcuts" at the composer, its message shortcuts (and editing,
  deleting, copying the link) in the menu "More message actions" of a message
- a reply is sent to the channel, too, with the checkbox "Also send to #channel-name"
- messages are articles with `data-ts` within the log "Messages"; the thread is the complementary "Thread"
- what one person alone can see says "Only visible to you"
- what can be pressed is a button with its label; what leads elsewhere is a link
- channels are links in the navigation "Channels"; direct messages in "Direct messages"; apps in "Apps"
- a file is sent with the button "Attach a file" (its input is labelled "File to attach")
- the menu "Channel actions" brings the app in ("Add …") or takes it out ("Remove …"), leaves and archives
- who you are is the select "You are"; the time is moved with the buttons "+1 hour", "+1 day" and "+1 week",
  or in the dialog "Move the time" that the button "The time here, and moving it" opens: half past nine on the
  next working days and on Monday ("Monday 09:30"), or "Or to a time of your own" and "Move"
- a modal is a dialog named by its title; a confirmation is an alertdialog
- an input is named by its label, and described by its hint and its error. Text is a textbox, a number a
  spinbutton, a menu a select; a menu of several is a button that unfolds checkboxes. A menu that the app
  fills is a combobox to type in, with a listbox of options and, of several, "Remove …" for each chosen one
- the app's own place has the navigation "App" with Home and Messages, as far as its manifest has them; its
  home tab is the region "Home"
- what went wrong is an alert
"""

from bot.local.browser.routes import create_blueprint
from bot.local.browser.settings import Completion, PageSettings

__all__ = ["Completion", "PageSettings", "create_blueprint"]
