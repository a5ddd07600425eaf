// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/composer/composer.h"
#include "ui/conversation/conversationpane.h"
#include "ui/conversation/messagecommands.h"
#include "ui/conversation/threadpage.h"
#include "ui/inbox/conversationactions.h"
#include "ui/inbox/inboxpane.h"
#include "ui/inbox/placecommands.h"
#include "ui/inbox/viewcommands.h"
#include "ui/inbox/viewpane.h"
#include "ui/search/searchfield.h"
#include "ui/settings/agentsdialog.h"
#include "ui/settings/channelsdialog.h"
#include "ui/settings/settingsdialog.h"
#include "ui/settings/shortcutsdialog.h"
#include "ui/settings/teamsdialog.h"
#include "ui/shell/appearance.h"
#include "ui/shell/messagebar.h"
#include "ui/shell/wording.h"
#include "ui/window/answeringround.h"
#include "ui/window/awaycontrol.h"
#include "ui/window/dutycontrol.h"
#include "ui/window/exporting.h"
#include "ui/window/mainwindow.h"
#include "ui/window/noticecontrol.h"
#include "ui/window/origincontrol.h"
#include "ui/window/panecommands.h"
#include "ui/window/printing.h"
#include "ui/window/sendingcontrol.h"
#include "ui/window/sharedtools.h"
#include "ui/window/topbar.h"
#include "ui/window/workspaceswitch.h"
#include "ui/window/workspacetools.h"
#include "ui/window/writingtools.h"

#include <QKeyEvent>
#include <QMenu>
#include <QMenuBar>
#include <QMessageBox>
#include <QSettings>

#include <array>

namespace Earshot {

namespace {

struct ViewKey
{
    View view;
    const char *icon;
    char letter;
};

constexpr std::array viewKeys{ViewKey{View::mine, "mine", 'M'},        ViewKey{View::unassigned, "unassigned", 'U'},
                              ViewKey{View::open, "open", 'O'},        ViewKey{View::notesToMe, "note", 'N'},
                              ViewKey{View::waiting, "waiting", 'W'},  ViewKey{View::snoozed, "snooze", 'S'},
                              ViewKey{View::resolved, "resolve", 'R'}, ViewKey{View::all, "all", 'A'},
                              ViewKey{View::trouble, "warning", 'T'}};

QString viewCommand(View view)
{
    return QStringLiteral("go.") + word(view);
}

} // namespace

void MainWindow::addCommand(const char *id, const QString &text, const char *icon, const char *key,
                            const QKeySequence &shortcut, std::function<void()> run, std::function<bool()> isEnabled)
{
    Command command;
    command.id = QString::fromLatin1(id);
    command.text = text;
    command.icon = QString::fromLatin1(icon);
    command.key = QString::fromLatin1(key);
    command.shortcut = shortcut;
    command.run = std::move(run);
    command.isEnabled = std::move(isEnabled);
    if (!m_commands.find(command.id))
        m_commands.add(std::move(command));
}

void MainWindow::addCommands()
{
    addConversationCommands();
    m_actions->addCommands(m_commands);
    m_messageCommands->addCommands(m_commands);
    m_sending->addCommands(m_commands);
    m_round->addCommands(m_commands);
    m_inbox->addCommands(m_commands);
    m_viewCommands->addCommands(m_commands);
    m_notices->addCommands(m_commands);
    m_duty->addCommands(m_commands);
    m_origin->addCommands(m_commands);
    m_writing->addCommands();
    m_printing->addCommands(m_commands);
    m_exporting->addCommands(m_commands);
    m_tools->addCommands();
    m_shared->addCommands();
    m_switch->addCommands(m_commands);
    m_away->addCommands(m_commands);
    addViewCommands();
    addWindowCommands();
    m_places->addCommands([this](const ListQuery &query) { goTo(query); });
    // Shortcuts with a modifier work wherever the keyboard is.
    for (const QString &id : m_commands.ids())
        addAction(m_commands.action(id));
    m_commands.restoreKeys();
}

void MainWindow::addConversationCommands()
{
    m_paneCommands->addCommands();
    const auto isShown = [this] { return m_conversation->conversation().isValid(); };
    addCommand(
        "conversation.window", tr("Open in its own &window"), "external", "Shift+O", {},
        [this] { openWindow(m_conversation->conversation()); }, isShown);
}

void MainWindow::addViewCommands()
{
    int number = 1;
    for (const ViewKey &known : viewKeys) {
        QByteArray key("G ");
        key.append(known.letter);
        addCommand(viewCommand(known.view).toLatin1().constData(), tr("Go to %1").arg(Wording::of(known.view)),
                   known.icon, key.constData(), QKeySequence(Qt::CTRL | Qt::Key(Qt::Key_0 + number)),
                   [this, view = known.view] {
                       const bool isHeard = m_views->hasFocus();
                       m_views->choose(view);
                       m_inbox->takeFocus();
                       if (!isHeard)
                           announceView();
                   });
        ++number;
    }
}

bool MainWindow::runByDigit(const QKeyEvent &event)
{
    const int digit = KeyDispatcher::digitOf(event);
    if (event.modifiers() != Qt::ControlModifier || digit == 0)
        return false;
    const CommandKeys keys{{}, QKeySequence(Qt::CTRL | Qt::Key(Qt::Key_0 + digit))};
    return m_commands.trigger(m_commands.ownerOf(keys, {}));
}

bool MainWindow::answerShortcut(const QKeyEvent &event)
{
    const QString id = m_commands.ownerOf({{}, CommandRegistry::shortcutOf(event)}, {});
    const Command *command = m_commands.find(id);
    if (!command || command->isOfWriter)
        return false;
    if (!m_commands.trigger(id))
        tellWhyNot(id);
    return true;
}

void MainWindow::addWindowCommands()
{
    addCommand("search.focus", tr("&Search or command"), "search", "/", QKeySequence(Qt::CTRL | Qt::Key_K), [this] {
        m_topBar->searchField()->setFocus(Qt::ShortcutFocusReason);
        m_topBar->searchField()->selectAll();
    });
    addCommand(
        "channels.pull", tr("&Pull now"), "pull", "", QKeySequence(Qt::Key_F5), [this] { pull(); },
        [this] { return m_roster.canAct(); });
    addCommand("channels.show", tr("&Channels…"), "channels", "", {}, [this] { showChannels(); });
    const auto keep = [this](KeepDialog *dialog) {
        connect(dialog, &KeepDialog::undoable, m_actions, &ConversationActions::rememberDeeds);
        dialog->open();
    };
    addCommand("agents.show", tr("A&gents…"), "assign", "", {},
               [this, keep] { keep(new AgentsDialog(m_desk, m_roster, this)); });
    addCommand("teams.show", tr("&Teams…"), "assign", "", {},
               [this, keep] { keep(new TeamsDialog(m_desk, m_roster, this)); });
    addCommand(
        "channels.connect", tr("C&onnect a channel…"), "add", "", {}, [this] { showChannels()->connectChannel(); },
        [this] { return m_roster.isAdmin(); });
    m_commands.needRight({QStringLiteral("channels.pull"), QStringLiteral("channels.connect")});
    m_commands.explain(QStringLiteral("channels.connect"), [this] { return m_roster.whyNoAdmin(); });
    addCommand("outbox.show", tr("&Outbox and trouble…"), "outbox", "", {}, [this] { showOutbox(); });
    m_paneCommands->addKeysOfWindow([this](int step) { cycleFocus(step); }, *m_message);
    const auto look = [this](Appearance::Scheme scheme) { return [this, scheme] { m_appearance.choose(scheme); }; };
    addCommand("appearance.system", tr("Appearance: as the &system"), "", "", {}, look(Appearance::Scheme::system));
    addCommand("appearance.light", tr("Appearance: &light"), "", "", {}, look(Appearance::Scheme::light));
    addCommand("appearance.dark", tr("Appearance: &dark"), "", "", {}, look(Appearance::Scheme::dark));
    addCommand("appearance.contrast", tr("Appearance: &high contrast"), "", "", {},
               look(Appearance::Scheme::highContrast));
    addCommand(
        "keys.off", tr("Switch single-letter keys o&ff"), "", "", {}, [this] { useSingleKeys(false); },
        [this] { return m_keys.isActive(); });
    addCommand(
        "keys.on", tr("Switch single-letter keys o&n"), "", "", {}, [this] { useSingleKeys(true); },
        [this] { return !m_keys.isActive(); });
    addCommand("settings.show", tr("S&ettings…"), "", "", QKeySequence(Qt::CTRL | Qt::Key_Comma),
               [this] { showSettings(); });
    addCommand("keys.change", tr("&Shortcuts…"), "", "", {}, [this] { showShortcuts(); });
    addCommand("help.about", tr("&About Earshot"), "earshot", "", {}, [this] {
        auto *about = new QMessageBox(QMessageBox::NoIcon, tr("About Earshot"), {}, QMessageBox::Close, this);
        about->setAttribute(Qt::WA_DeleteOnClose);
        about->setTextFormat(Qt::PlainText);
        about->setText(tr("Earshot %1").arg(QStringLiteral(EARSHOT_VERSION)));
        about->setInformativeText(
            tr("A desk for what people say about you in public. Free software under the GNU GPL, version 3 or later."));
        about->open();
    });
    addCommand("program.quit", tr("&Quit"), "close", "", QKeySequence(Qt::CTRL | Qt::Key_Q), [this] {
        m_isQuitting = true;
        close();
    });
}

void MainWindow::useSingleKeys(bool areOn)
{
    m_keys.setActive(areOn);
    m_commands.showSingleKeys(areOn);
    QSettings().setValue(QStringLiteral("keys/single"), areOn);
    m_commands.refresh();
}

void MainWindow::showShortcuts()
{
    auto *dialog = new ShortcutsDialog(m_commands, m_keys.isActive(), this);
    connect(dialog, &ShortcutsDialog::singleKeysChosen, this, &MainWindow::useSingleKeys);
    dialog->open();
}

void MainWindow::showSettings()
{
    (new SettingsDialog(m_desk, m_roster, m_commands, *m_actions, m_appearance, this))->open();
}

void MainWindow::buildMenus()
{
    const auto menu = [this](const QString &title, const QStringList &ids) {
        QMenu *made = menuBar()->addMenu(title);
        m_commands.fill(*made, ids);
        return made;
    };
    const QString line;
    menu(tr("&Earshot"), {QStringLiteral("channels.connect"),
                          QStringLiteral("channels.show"),
                          QStringLiteral("channels.pull"),
                          QStringLiteral("outbox.show"),
                          line,
                          QStringLiteral("replies.show"),
                          QStringLiteral("macros.show"),
                          QStringLiteral("agents.show"),
                          QStringLiteral("teams.show"),
                          line,
                          QStringLiteral("away.show"),
                          QStringLiteral("journal.show"),
                          QStringLiteral("workspace.verify"),
                          QStringLiteral("workspace.backup"),
                          QStringLiteral("workspace.adopt"),
                          QStringLiteral("settings.show"),
                          QStringLiteral("settings.export"),
                          QStringLiteral("settings.import"),
                          line,
                          QStringLiteral("sending.stop"),
                          QStringLiteral("sending.resume"),
                          QStringLiteral("notice.pin"),
                          line,
                          QStringLiteral("duty.on"),
                          QStringLiteral("duty.off"),
                          line,
                          QStringLiteral("workspace.switch"),
                          QStringLiteral("workspace.another"),
                          QStringLiteral("workspace.read"),
                          QStringLiteral("workspace.devices"),
                          QStringLiteral("workspace.logOut"),
                          QStringLiteral("program.quit")});
    menu(tr("&Conversation"),
         PaneCommands::ids() + QStringList{QStringLiteral("conversation.unseen"), line,
                                           QStringLiteral("conversation.window"), QStringLiteral("conversation.print"),
                                           QStringLiteral("conversation.pdf"), line, QStringLiteral("edit.undo")});
    menu(tr("&Message"), MessageCommands::ids());
    menu(tr("&List"), {QStringLiteral("list.next"),
                       QStringLiteral("list.previous"),
                       line,
                       QStringLiteral("mark.toggle"),
                       QStringLiteral("list.extendNext"),
                       QStringLiteral("list.extendPrevious"),
                       QStringLiteral("mark.all"),
                       QStringLiteral("mark.none"),
                       QStringLiteral("round.start"),
                       QStringLiteral("round.skip"),
                       QStringLiteral("round.end"),
                       line,
                       QStringLiteral("list.newest"),
                       QStringLiteral("list.waiting"),
                       QStringLiteral("list.priority"),
                       QStringLiteral("list.reach"),
                       QStringLiteral("list.grouped"),
                       line,
                       QStringLiteral("list.export"),
                       line,
                       QStringLiteral("search.focus")});
    QStringList views;
    for (const ViewKey &known : viewKeys)
        views.append(viewCommand(known.view));
    views += QStringList{line} + ViewCommands::ids();
    views += {line, QStringLiteral("panes.next"), QStringLiteral("panes.previous"), QStringLiteral("menu.show"),
              QStringLiteral("message.answer")};
    menu(tr("&Go"), views);
    m_viewMenu =
        menu(tr("&View"), QStringList{QStringLiteral("appearance.system"), QStringLiteral("appearance.light"),
                                      QStringLiteral("appearance.dark"), QStringLiteral("appearance.contrast"), line} +
                              PaneCommands::viewIds());
    menu(tr("&Help"), {QStringLiteral("help.keys"), QStringLiteral("keys.change"), QStringLiteral("keys.off"),
                       QStringLiteral("keys.on"), line, QStringLiteral("help.about")});
}

void MainWindow::addToViewMenu(const QStringList &ids)
{
    m_commands.fill(*m_viewMenu, ids);
}

void MainWindow::showListMenu(const QPoint &at, QWidget *list)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    m_commands.fill(*menu, PaneCommands::rowIds());
    // There the row is a message: it can be moderated where it stands.
    if (list == &m_conversation->thread().list()) {
        menu->addSeparator();
        m_commands.fill(*menu, m_messageCommands->menuIds());
    }
    menu->popup(list->mapToGlobal(at));
}

} // namespace Earshot
