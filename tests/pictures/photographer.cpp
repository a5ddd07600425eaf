// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/pictures/photographer.h"

#include "tests/ui/markup.h"
#include "tests/ui/pseudolocale.h"
#include "ui/conversation/conversationpane.h"
#include "ui/conversation/messagewidget.h"
#include "ui/conversation/timelineview.h"
#include "ui/inbox/conversationlistmodel.h"
#include "ui/inbox/viewpane.h"
#include "ui/settings/connectdialog.h"
#include "ui/window/joindialog.h"
#include "ui/window/welcomedialog.h"
#include "workspace/database.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QContextMenuEvent>
#include <QLineEdit>
#include <QListView>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QProcess>
#include <QPushButton>
#include <QTableView>
#include <QTableWidget>
#include <QTest>

#include <algorithm>
#include <cstdio>

namespace Earshot {

namespace {

/// What is the matter with what is on screen.
QStringList findings(QStringList (*find)(const QWidget &))
{
    QStringList all;
    for (const QWidget *window : QApplication::topLevelWidgets()) {
        if (window->isVisible())
            all += find(*window);
    }
    return all;
}

} // namespace

Photographer::Photographer(const QString &folder, const QString &only, Look look)
    : m_folder(folder)
    , m_only(only)
    , m_look(look)
{
}

bool Photographer::until(const char *what, const Condition &condition)
{
    if (QTest::qWaitFor(condition, 8000))
        return true;
    std::fprintf(stderr, "%s did not come\n", what);
    ++m_failed;
    return false;
}

void Photographer::photograph(const QString &name)
{
    ++m_number;
    if (!wanted(name))
        return;
    if (m_world && m_world->window().isVisible())
        (void)QTest::qWaitFor([this] { return m_world->list().state() == ConversationListModel::State::ready; }, 3000);
    if (m_look != Look::none)
        lookAt(name);
    if (!m_folder.isEmpty())
        takePicture(name);
}

void Photographer::takePicture(const QString &name)
{
    const QString file = QStringLiteral("%1/%2-%3.png").arg(m_folder).arg(m_number, 2, 10, QLatin1Char('0')).arg(name);
    // What is on its way to the display has to arrive there: a picture is taken when nothing has moved for a while.
    QTest::qWait(350);
    QProcess import;
    import.start(QStringLiteral("import"), {QStringLiteral("-window"), QStringLiteral("root"), file});
    if (!QTest::qWaitFor([&] { return import.state() == QProcess::NotRunning; }, 10'000) || import.exitCode() != 0) {
        std::fprintf(stderr, "no picture %s\n", qPrintable(file));
        ++m_failed;
    }
}

void Photographer::lookAt(const QString &name)
{
    const auto find = m_look == Look::forClipping ? clippedIn : markupIn;
    // What was laid out anew has its place after the next turns.
    if (QTest::qWaitFor([&find] { return findings(find).isEmpty(); }, 2000))
        return;
    std::fprintf(stderr, "%s:\n    %s\n", qPrintable(name), qPrintable(findings(find).join(QStringLiteral("\n    "))));
    ++m_failed;
}

void Photographer::press(const QString &keys)
{
    if (QApplication::focusWidget())
        m_world->press(keys);
}

void Photographer::open(const char *dialog, const QString &keysOrCommand)
{
    if (keysOrCommand.contains(QLatin1Char('.')))
        (void)m_world->window().commands().trigger(keysOrCommand);
    else
        press(keysOrCommand);
    until(dialog, [&] { return m_world->widget(dialog) && m_world->widget(dialog)->isVisible(); });
}

void Photographer::close(const char *dialog)
{
    if (QWidget *shown = m_world->widget(dialog))
        shown->close();
    goBack();
}

void Photographer::goBack()
{
    // Without a window manager nobody gives the keyboard back.
    m_world->window().activateWindow();
    until("the window again", [this] { return QApplication::activeWindow() == &m_world->window(); });
}

QString Photographer::named(const char *name) const
{
    return m_look == Look::forMarkup ? hostileName() + QLatin1String(name) : QString::fromLatin1(name);
}

void Photographer::showMention()
{
    const ConversationId id = m_world->showMention();
    if (!id.isValid())
        ++m_failed;
}

void Photographer::start()
{
    const QString names =
        m_look != Look::forMarkup
            ? QString()
            : QStringLiteral(
                  "UPDATE agent SET name = '%1' || name; UPDATE team SET name = '%1' || name;"
                  "UPDATE tag SET name = '%1' || name; UPDATE channel SET name = '%1' || name, account_name = '%1';"
                  "UPDATE identity SET name = '%1' || name, handle = '%1' || handle; UPDATE thread SET title = '%1' || "
                  "title;"
                  "UPDATE conversation SET subject = '%1' || subject, snippet = '%1' || snippet;"
                  "UPDATE message SET text = '%1' || text;")
                  .arg(hostileName().replace(QLatin1Char('\''), QStringLiteral("''")));
    m_world = std::make_unique<WindowWorld>(2000, names);
    // A platform without a display has one of 800 points, which nobody works at: it keeps the size of a small laptop.
    if (m_look == Look::none)
        m_world->window().showMaximized();
    until("the window", [this] { return QApplication::activeWindow() == &m_world->window(); });
    until("the list", [this] { return m_world->list().rowCount() > 5; });
}

int Photographer::runForReadme()
{
    start();
    MainWindow::Options options;
    options.title = QStringLiteral("ACME");
    m_world->reopen(options);
    m_world->window().showMaximized();
    until("the window", [this] { return QApplication::activeWindow() == &m_world->window(); });
    until("the list", [this] { return m_world->list().rowCount() > 5; });
    press(QStringLiteral("G O"));
    until("all that is open", [this] { return m_world->textOf("viewTitle") == QStringLiteral("All open"); });
    const ConversationId id = m_world->show([this](const ConversationRecord &one) {
        const QList<MessageRecord> messages = m_world->messages(one.id);
        return one.needsAnswer && !one.tags.isEmpty() && !one.isPrivate && one.network != Network::feed &&
               messages.size() > 2 && messages.constLast().language.startsWith(QStringLiteral("en"));
    });
    if (!id.isValid())
        ++m_failed;
    press(QStringLiteral("R"));
    until("the composer", [this] { return m_world->find<QPlainTextEdit>("composerText")->hasFocus(); });
    m_world->type(QStringLiteral(
        "Thank you for telling us! Could you send us a photo of the label? Then we look it up at once."));
    photograph(QStringLiteral("answering"));
    press(QStringLiteral("Escape"));
    press(QStringLiteral("/"));
    m_world->type(QStringLiteral("zzyzx qwrt"));
    m_world->setSearchReach(QStringLiteral("1770000000000"));
    until("how far the search reaches", [this] { return m_world->widget("searchReach")->isVisible(); });
    photograph(QStringLiteral("search-reach"));
    m_world->setSearchReach({});
    until("all is found", [this] { return !m_world->widget("searchReach")->isVisible(); });
    m_world->find<QLineEdit>("searchField")->setText(QStringLiteral("power"));
    until("hits", [this] { return m_world->find<QAbstractItemView>("searchResults")->model()->rowCount() > 3; });
    press(QStringLiteral("Down"));
    photograph(QStringLiteral("search"));
    m_world.reset();
    return m_failed;
}

int Photographer::run()
{
    start();
    inbox();
    conversation();
    composer();
    dialogs();
    writing();
    windows();
    search();
    manyRows();
    lead();
    // Long work and small windows need a display: what they say is looked at by the tests of their rooms.
    if (m_look == Look::none)
        rare();
    connecting();
    outbox();
    troubles();
    beginnings();
    m_world.reset();
    return m_failed;
}

void Photographer::inbox()
{
    photograph(QStringLiteral("inbox"));
    showMention();
    photograph(QStringLiteral("conversation"));
    for (int i = 0; i < 12; ++i)
        m_world->write(QStringLiteral("Newcomer %1").arg(i), QStringLiteral("Mine does that too since yesterday"));
    press(QStringLiteral("Shift+A"));
    until("the new ones", [this] { return m_world->widget("newOnes")->isVisible(); });
    photograph(QStringLiteral("taken-and-new-ones"));
    press(QStringLiteral("G T"));
    photograph(QStringLiteral("view-trouble"));
    press(QStringLiteral("G N"));
    photograph(QStringLiteral("view-notes-to-me"));
    press(QStringLiteral("G S"));
    photograph(QStringLiteral("view-snoozed"));
    press(QStringLiteral("G R J J J Return"));
    photograph(QStringLiteral("view-resolved"));
    press(QStringLiteral("Esc G U"));
    until("the list", [this] { return m_world->list().rowCount() > 5; });
}

void Photographer::conversation()
{
    showMention();
    const ConversationId id = m_world->shown();
    (void)m_world->act(Act::AddNote{id, named("Same as #12, the replacement part is on its way.")});
    (void)m_world->act(Act::AddTag{id, QStringLiteral("hardware")});
    Act::SendReply reply;
    reply.conversation = id;
    reply.text = QStringLiteral("Thank you! Could you tell us the serial number? It is printed below the stand.");
    (void)m_world->act(reply);
    until("the reply", [this] { return m_world->timeline().newest() && m_world->timeline().newest()->delivery; });
    press(QStringLiteral("Return"));
    photograph(QStringLiteral("conversation-held-reply"));
    auto *area = m_world->window().findChild<ConversationPane *>()->timeline().shownWidgets().value(0);
    // A menu says nothing in labels, and without a window manager it does not give the keyboard back.
    if (area && m_look == Look::none) {
        QContextMenuEvent event(QContextMenuEvent::Mouse, area->rect().center(),
                                area->mapToGlobal(area->rect().center()));
        QCoreApplication::sendEvent(area, &event);
        photograph(QStringLiteral("message-menu"));
        if (QWidget *popup = QApplication::activePopupWidget())
            popup->close();
    }
    press(QStringLiteral("V"));
    photograph(QStringLiteral("thread"));
    press(QStringLiteral("V D"));
    photograph(QStringLiteral("contact-side"));
    press(QStringLiteral("D Esc"));
}

void Photographer::composer()
{
    showMention();
    const char *modes[] = {"R", "Shift+R", "N"};
    for (const char *mode : modes) {
        m_world->find<QTableView>("conversations")->setFocus();
        press(QString::fromLatin1(mode));
        if (!until("the composer", [this] { return m_world->widget("composerSend")->isVisible(); }))
            continue;
        m_world->type(QStringLiteral("We are sorry! Please hold the power button for ten seconds."));
        photograph(QStringLiteral("composer-%1").arg(QString::fromLatin1(mode).remove(QLatin1Char('+'))));
        if (*mode == 'R') {
            m_world->type(QString(600, QLatin1Char('x')));
            press(QStringLiteral("Ctrl+Return"));
            photograph(QStringLiteral("composer-too-long"));
        }
        press(QStringLiteral("Esc"));
    }
}

void Photographer::dialogs()
{
    m_world->find<QTableView>("conversations")->setFocus();
    showMention();
    const std::pair<const char *, const char *> picks[] = {
        {"A", "assign"}, {"T", "tag"}, {"S", "snooze"}, {"P", "priority"}, {"Shift+E", "reason"}};
    for (const auto &[key, name] : picks) {
        open("pickDialog", QString::fromLatin1(key));
        photograph(QStringLiteral("pick-%1").arg(QString::fromLatin1(name)));
        close("pickDialog");
    }
    open("cheatSheet", QStringLiteral("help.keys"));
    photograph(QStringLiteral("cheat-sheet"));
    close("cheatSheet");
    if (m_look == Look::none) {
        auto *table = m_world->find<QTableView>("conversations");
        Q_EMIT table->customContextMenuRequested(table->visualRect(table->currentIndex()).center());
        photograph(QStringLiteral("list-menu"));
        if (QWidget *popup = QApplication::activePopupWidget())
            popup->close();
    }
    open("channelsDialog", QStringLiteral("channels.show"));
    photograph(QStringLiteral("channels"));
    close("channelsDialog");
}

void Photographer::writing()
{
    open("agents", QStringLiteral("agents.show"));
    photograph(QStringLiteral("team"));
    close("agents");
    open("savedReplies", QStringLiteral("replies.show"));
    photograph(QStringLiteral("saved-replies-empty"));
    close("savedReplies");
    open("macros", QStringLiteral("macros.show"));
    photograph(QStringLiteral("macros-empty"));
    close("macros");
    (void)m_world->act(Act::KeepSavedReply{{},
                                           named("Power button"),
                                           QStringLiteral("Hello {first name}, please hold the power button for ten "
                                                          "seconds. Your order is {order number}. {agent}")});
    (void)m_world->act(Act::KeepSavedReply{{}, named("Thanks"), QStringLiteral("Thank you, {name}!")});
    (void)m_world->act(Act::KeepMacro{{},
                                      named("Hardware to me"),
                                      QStringLiteral("H"),
                                      {{MacroStepKind::claim, {}},
                                       {MacroStepKind::addTag, QStringLiteral("hardware")},
                                       {MacroStepKind::setPriority, QStringLiteral("high")}}});
    (void)m_world->act(Act::KeepMacro{{},
                                      named("Away until Monday"),
                                      QStringLiteral("M"),
                                      {{MacroStepKind::addNote, named("Waiting for the spare part")},
                                       {MacroStepKind::snooze, QStringLiteral("4320")}}});
    until("the macros", [this] { return m_world->window().roster().macros().size() == 2; });
    open("savedReplies", QStringLiteral("replies.show"));
    photograph(QStringLiteral("saved-replies"));
    close("savedReplies");
    open("macros", QStringLiteral("macros.show"));
    m_world->find<QListWidget>("macroSteps")->setCurrentRow(1);
    photograph(QStringLiteral("macros"));
    close("macros");
    showMention();
    open("macroPicker", QStringLiteral("M"));
    photograph(QStringLiteral("macro-picker"));
    close("macroPicker");
    press(QStringLiteral("R"));
    m_world->type(QStringLiteral("We are sory about the brokn lamp. ;"));
    until("the saved replies", [this] { return m_world->widget("savedReplyCompletion")->isVisible(); });
    photograph(QStringLiteral("composer-saved-replies"));
    press(QStringLiteral("Return"));
    photograph(QStringLiteral("composer-gap"));
    press(QStringLiteral("Ctrl+Return"));
    photograph(QStringLiteral("composer-gap-asked"));
    press(QStringLiteral("Ctrl+A"));
    press(QStringLiteral("Backspace"));
    press(QStringLiteral("Esc"));
}

void Photographer::windows()
{
    open("shortcutsDialog", QStringLiteral("keys.change"));
    photograph(QStringLiteral("shortcuts"));
    close("shortcutsDialog");
    open("journalDialog", QStringLiteral("journal.show"));
    until("the journal", [this] { return m_world->find<QTableWidget>("journalTable")->rowCount() > 0; });
    photograph(QStringLiteral("journal"));
    close("journalDialog");
    open("upkeepDialog", QStringLiteral("workspace.verify"));
    until("the check", [this] { return !m_world->widget("upkeepBar")->isVisible(); });
    photograph(QStringLiteral("check"));
    close("upkeepDialog");
    showMention();
    open("conversationWindow", QStringLiteral("conversation.window"));
    photograph(QStringLiteral("own-window"));
    close("conversationWindow");
}

void Photographer::search()
{
    press(QStringLiteral("/"));
    m_world->type(QStringLiteral("zzyzx qwrt"));
    m_world->setSearchReach(QStringLiteral("1770000000000"));
    until("how far the search reaches", [this] { return m_world->widget("searchReach")->isVisible(); });
    photograph(QStringLiteral("search-reach"));
    m_world->setSearchReach({});
    until("all is found", [this] { return !m_world->widget("searchReach")->isVisible(); });
    m_world->find<QLineEdit>("searchField")->setText(QStringLiteral("power"));
    until("hits", [this] { return m_world->widget("searchResults")->isVisible(); });
    press(QStringLiteral("Down"));
    photograph(QStringLiteral("search"));
    m_world->find<QLineEdit>("searchField")->setFocus();
    m_world->find<QLineEdit>("searchField")->setText(QStringLiteral("zzyzx qwrt"));
    photograph(QStringLiteral("search-nothing"));
    m_world->find<QLineEdit>("searchField")->setText(QStringLiteral("before:never"));
    photograph(QStringLiteral("search-not-understood"));
    m_world->find<QLineEdit>("searchField")->setText(QStringLiteral("o"));
    photograph(QStringLiteral("search-commands"));
    press(QStringLiteral("Esc"));
}

void Photographer::manyRows()
{
    m_world->find<QTableView>("conversations")->setFocus();
    press(QStringLiteral("J X J J X J X"));
    photograph(QStringLiteral("marked"));
    (void)m_world->window().commands().trigger(QStringLiteral("mark.none"));
}

void Photographer::lead()
{
    Act::SaveView shared;
    shared.content.name = named("Urgent, nobody's");
    shared.content.filter.statuses = {Status::open};
    shared.content.filter.owner = ViewFilter::Owner::nobody;
    shared.content.filter.needsAnswer = true;
    shared.content.isGrouped = true;
    (void)m_world->act(shared);
    until("the shared view", [this] { return !m_world->window().roster().views().isEmpty(); });
    m_world->window().findChild<ViewPane *>()->chooseMade(m_world->window().roster().views().constFirst().uuid);
    showMention();
    Act::PinNotice storm;
    storm.text = named("The outage in the north is known: answer with the saved reply, promise no times.");
    storm.until = m_world->clock().now() + std::chrono::hours(3);
    (void)m_world->act(storm);
    until("the notice", [this] { return m_world->widget("listNotices")->isVisible(); });
    photograph(QStringLiteral("notice-and-grouped-view"));
    open("viewDialog", QStringLiteral("view.edit"));
    photograph(QStringLiteral("view-builder"));
    close("viewDialog");
    open("noticeDialog", QStringLiteral("notice.pin"));
    photograph(QStringLiteral("pin-notice"));
    close("noticeDialog");
    m_world->find<QTableView>("conversations")->setFocus();
    press(QStringLiteral("J Shift+A J Shift+A"));
    open("dutyDialog", QStringLiteral("duty.off"));
    photograph(QStringLiteral("off-duty"));
    close("dutyDialog");
    m_world->find<QTableView>("conversations")->setFocus();
    press(QStringLiteral("J Shift+J Shift+J Shift+J"));
    open("pickDialog", QStringLiteral("A"));
    photograph(QStringLiteral("assign-many"));
    m_world->type(QStringLiteral("spread"));
    photograph(QStringLiteral("assign-narrowed"));
    close("pickDialog");
    open("pickDialog", QStringLiteral("round.start"));
    photograph(QStringLiteral("answer-each"));
    until("the choice", [this] { return m_world->widget("pickField")->hasFocus(); });
    m_world->press(QStringLiteral("Down Return"));
    goBack();
    until("the composer", [this] { return m_world->widget("composer")->isVisible(); });
    photograph(QStringLiteral("answering-round"));
    (void)m_world->window().commands().trigger(QStringLiteral("round.end"));
    press(QStringLiteral("Escape"));
    (void)m_world->window().commands().trigger(QStringLiteral("mark.none"));
    m_world->find<QTableView>("conversations")->setFocus();
    press(QStringLiteral("Ctrl+F"));
    until("the field", [this] { return m_world->widget("findField")->hasFocus(); });
    m_world->type(QStringLiteral("the"));
    until("matches", [this] { return !m_world->textOf("findPlace").isEmpty(); });
    photograph(QStringLiteral("find-in-conversation"));
    press(QStringLiteral("Esc /"));
    m_world->type(QStringLiteral("is:"));
    photograph(QStringLiteral("search-completion"));
    m_world->find<QLineEdit>("searchField")->clear();
    press(QStringLiteral("Esc Esc G U"));
}

void Photographer::connecting()
{
    ScriptedService service;
    auto *dialog = new ConnectDialog(service, m_world->clock(), {}, &m_world->window());
    dialog->open();
    photograph(QStringLiteral("connect-address"));
    auto *address = dialog->findChild<QLineEdit *>(QStringLiteral("connectAddress"));
    auto *next = dialog->findChild<QPushButton *>(QStringLiteral("connectNext"));
    address->setText(QStringLiteral("blog.example"));
    next->click();
    photograph(QStringLiteral("connect-looking"));
    service.discovery.answer(fail(ErrorKind::transient));
    until("the failure", [next] { return next->isEnabled(); });
    photograph(QStringLiteral("connect-failed"));
    next->click();
    Finding blog;
    blog.network = Network::wordpress;
    blog.address = QStringLiteral("https://blog.example");
    blog.name = QStringLiteral("Example Blog");
    blog.what = QStringLiteral("comments");
    blog.canAnswer = blog.canModerate = blog.needsUser = blog.needsPassword = blog.isBest = true;
    Finding feed;
    feed.address = QStringLiteral("https://blog.example/comments/feed");
    feed.name = QStringLiteral("Comments on Example Blog");
    feed.what = QStringLiteral("comments");
    feed.sameAs = blog.address;
    Finding account;
    account.network = Network::mastodon;
    account.address = QStringLiteral("@acme@social.example");
    account.name = QStringLiteral("Acme");
    account.what = QStringLiteral("account");
    account.canAnswer = account.needsSignIn = true;
    service.discovery.answer(QList<Finding>{blog, feed, account});
    until("what was found",
          [dialog] { return dialog->findChild<QListWidget *>(QStringLiteral("connectFound"))->count() == 3; });
    photograph(QStringLiteral("connect-found"));
    next->click();
    if (!until("the preview's question", [&service] { return service.previewing.isOpen(); }))
        return;
    RemoteMessage message;
    message.author.name = QStringLiteral("Mira Holm");
    message.text = QStringLiteral("Since the update my ThinkTower won't wake any more, whatever I press.");
    message.sentAt = m_world->clock().now() - std::chrono::hours(3);
    service.previewing.answer(QList<RemoteMessage>{message, message});
    photograph(QStringLiteral("connect-password"));
    dialog->findChild<QPushButton *>(QStringLiteral("connectBack"))->click();
    dialog->findChild<QListWidget *>(QStringLiteral("connectFound"))->setCurrentRow(2);
    next->click();
    photograph(QStringLiteral("connect-sign-in"));
    dialog->close();
    (void)QTest::qWaitFor([this] { return QApplication::activeWindow() == &m_world->window(); });
}

void Photographer::outbox()
{
    open("outboxDialog", QStringLiteral("outbox.show"));
    photograph(QStringLiteral("outbox"));
    close("outboxDialog");
    m_world->window().close();
    until("the question",
          [this] { return m_world->widget("closeQuestion") && m_world->widget("closeQuestion")->isVisible(); });
    photograph(QStringLiteral("close-question"));
    if (auto *back = m_world->find<QPushButton>("closeBack"))
        back->click();
    for (const DeliveryRecord &delivery : m_world->outbox()) {
        (void)m_world->act(Act::CancelDelivery{delivery.id});
        (void)m_world->act(Act::SettleDelivery{delivery.id});
    }
    until("an empty outbox", [this] { return m_world->window().roster().outbox().isEmpty(); });
    open("outboxDialog", QStringLiteral("outbox.show"));
    photograph(QStringLiteral("outbox-empty"));
    close("outboxDialog");
}

void Photographer::troubles()
{
    QList<ChannelRecord> channels = m_world->window().roster().channels();
    std::stable_partition(channels.begin(), channels.end(),
                          [](const ChannelRecord &channel) { return channel.capabilities.canReply; });
    if (channels.size() < 2)
        return;
    showMention();
    m_world->setHealth(channels.at(0).id, Health::signIn, QStringLiteral("401 Unauthorized"));
    m_world->setHealth(channels.at(1).id, Health::unreachable, QStringLiteral("Connection refused"));
    (void)m_world->act(
        Act::PauseSending{m_world->record(m_world->shown()).channel, named("wrong statement, do not answer")});
    photograph(QStringLiteral("channel-trouble"));
    open("channelsDialog", QStringLiteral("channels.show"));
    photograph(QStringLiteral("channels-trouble"));
    close("channelsDialog");
    Act::SendReply reply;
    reply.conversation = m_world->shown();
    reply.text = QStringLiteral("We are looking into it.");
    (void)m_world->act(reply);
    until("a waiting reply", [this] { return !m_world->window().roster().outbox().isEmpty(); });
    open("resumeDialog", QStringLiteral("sending.resume"));
    photograph(QStringLiteral("resume-sending"));
    close("resumeDialog");
    open("pickDialog", QStringLiteral("sending.stop"));
    photograph(QStringLiteral("stop-sending"));
    close("pickDialog");
}

void Photographer::beginnings()
{
    m_world->window().hide();
    WelcomeDialog welcome(QStringLiteral("/home/ana/.local/share/earshot/desk.earshot"));
    welcome.show();
    photograph(QStringLiteral("welcome"));
    welcome.showTrouble(QStringLiteral("The disk is full."));
    photograph(QStringLiteral("welcome-trouble"));
    welcome.hide();
    const QList<KnownWorkspace> known{
        {QStringLiteral("/home/ana/.local/share/earshot/desk.earshot"), QStringLiteral("desk"), {}},
        {QStringLiteral("/home/ana/.local/share/earshot/desk.example.earshot"), QStringLiteral("desk.example"),
         QStringLiteral("https://desk.example")}};
    WelcomeDialog again(QStringLiteral("/home/ana/.local/share/earshot/desk-2.earshot"), known);
    again.show();
    photograph(QStringLiteral("welcome-again"));
    again.hide();
    JoinDialog join({}, false);
    join.show();
    photograph(QStringLiteral("join"));
    join.showProgress(0.4, {});
    photograph(QStringLiteral("join-arriving"));
    join.hide();
    DeskWorld fresh(false);
    MainWindow::Options options;
    options.title = QStringLiteral("desk");
    ScriptedService service;
    MainWindow window(fresh.desk(), service, m_world->appearance(), options);
    window.showMaximized();
    photograph(QStringLiteral("no-channel"));
}

} // namespace Earshot
