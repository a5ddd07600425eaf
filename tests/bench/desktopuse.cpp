// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "desktopuse.h"

#include "desk/intake.h"
#include "ui/conversation/conversationpane.h"
#include "ui/conversation/timelineview.h"
#include "ui/inbox/conversationactions.h"
#include "ui/inbox/inboxpane.h"
#include "ui/search/searchpane.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QScrollBar>
#include <QTableView>

#include <algorithm>

namespace Earshot {

namespace {

constexpr double frame = 16;
constexpr int samples = 200;
constexpr int patience = 10'000;

template <class Widget>
Widget &childOf(QWidget &window, const char *name)
{
    auto *found = window.findChild<Widget *>(QString::fromLatin1(name));
    if (!found)
        qFatal("the window has no %s", name);
    return *found;
}

/// As the program's own loop does: what was to be deleted later goes, which else waits for the end of all this.
void handleNext()
{
    QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
}

} // namespace

DesktopUse::DesktopUse(MainWindow &window, Desk &desk)
    : m_window(window)
    , m_desk(desk)
    , m_inbox(childOf<InboxPane>(window, "inboxPane"))
    , m_conversation(childOf<ConversationPane>(window, "conversationPane"))
    , m_search(childOf<SearchPane>(window, "searchPane"))
    , m_list(childOf<QTableView>(window, "conversations"))
    , m_views(childOf<QWidget>(window, "views"))
{
    qApp->installEventFilter(this);
}

bool DesktopUse::eventFilter(QObject *watched, QEvent *event)
{
    // A timeline's messages are widgets of their own, below it.
    if (event->type() == QEvent::Paint && m_watched && (watched == m_watched || watched->parent() == m_watched))
        m_isSeen = m_isSeen || m_isThere();
    return false;
}

bool DesktopUse::await(const std::function<bool()> &isDone)
{
    QElapsedTimer watch;
    watch.start();
    while (!isDone()) {
        if (watch.elapsed() > patience)
            return false;
        handleNext();
    }
    return true;
}

void DesktopUse::settle()
{
    QElapsedTimer watch;
    watch.start();
    static_cast<void>(await([&watch] { return watch.elapsed() >= 40; }));
}

double DesktopUse::timeToEye(const QWidget *widget, const std::function<void()> &act,
                             const std::function<bool()> &isThere)
{
    QElapsedTimer watch;
    watch.start();
    m_isSeen = false;
    m_isThere = isThere;
    m_watched = widget;
    act();
    const bool hasCome = await([&] { return m_isSeen || (!widget->isVisible() && isThere()); });
    m_watched = nullptr;
    return hasCome ? double(watch.nsecsElapsed()) / 1e6 : -1;
}

void DesktopUse::report(const QString &kind, const Figures &toEye, double budget)
{
    const Watchdog::Blocks blocks = m_watchdog.take();
    if (toEye.count() > 0)
        printFigures(kind + QStringLiteral(", to the eye"), toEye, budget);
    printFigures(kind + QStringLiteral(": window does not listen"), blocks.waits, frame);
    printFigures(kind + QStringLiteral(": of it computing"), blocks.busy, frame);
}

void DesktopUse::press(QWidget *widget, int key, const QString &text)
{
    QKeyEvent down(QEvent::KeyPress, key, Qt::NoModifier, text);
    QCoreApplication::sendEvent(widget, &down);
    QKeyEvent up(QEvent::KeyRelease, key, Qt::NoModifier, text);
    QCoreApplication::sendEvent(widget, &up);
}

QStringList DesktopUse::words()
{
    ListQuery query;
    query.view = View::all;
    query.limit = 400;
    query.now = m_desk.workspace().clock().now();
    const auto found = read<QList<ConversationRecord>>([&query, this](Database &database) {
        QList<ConversationId> ids;
        const auto entries = listConversations(database, query);
        for (const ListEntry &entry : entries.value_or(QList<ListEntry>()))
            ids.append(entry.id);
        return loadConversations(database, ids, m_desk.me(), query.now);
    });
    QStringList all;
    for (const ConversationRecord &record : found) {
        const QStringList parts = record.snippet.split(QLatin1Char(' '), Qt::SkipEmptyParts);
        for (QString part : parts) {
            part.removeIf([](QChar c) { return !c.isLetter(); });
            if (part.size() > 2)
                all.append(part.toLower());
        }
    }
    return all;
}

double DesktopUse::showView(int row)
{
    auto *views = qobject_cast<QListView *>(&m_views);
    int resets = 0;
    const auto counting =
        QObject::connect(&m_inbox.model(), &QAbstractItemModel::modelReset, &m_inbox, [&resets] { ++resets; });
    const double time = timeToEye(
        m_list.viewport(), [&] { views->setCurrentIndex(views->model()->index(row, 0)); }, [&] { return resets > 0; });
    QObject::disconnect(counting);
    return time;
}

double DesktopUse::nextConversation()
{
    const int row = m_list.currentIndex().row() + 1;
    const ConversationId id = m_inbox.model().conversationAt(row);
    if (!id.isValid())
        return -1;
    return timeToEye(
        m_conversation.timeline().viewport(), [this] { m_window.commands().trigger(QStringLiteral("list.next")); },
        [this, id] {
            const MessageRecord *newest = m_conversation.timeline().timeline().newest();
            return newest && newest->conversation == id;
        });
}

double DesktopUse::openConversation(ConversationId id)
{
    return timeToEye(
        m_conversation.timeline().viewport(), [this, id] { m_window.openConversation(id); },
        [this, id] {
            const MessageRecord *newest = m_conversation.timeline().timeline().newest();
            return newest && newest->conversation == id;
        });
}

double DesktopUse::act(const QString &command, const std::function<bool()> &isThere)
{
    return timeToEye(
        m_list.viewport(), [this, command] { m_window.commands().trigger(command); }, isThere);
}

double DesktopUse::type(const QString &text)
{
    auto &field = childOf<QLineEdit>(m_window, "searchField");
    auto &results = childOf<QListView>(m_window, "searchResults");
    const QString before = field.text();
    return timeToEye(
        results.viewport(),
        [&] {
            for (const QChar c : text)
                press(&field, c.toUpper().unicode(), c);
        },
        [&] {
            const SearchModel &model = m_search.model();
            return model.state() == SearchModel::State::ready && model.text() == before + text;
        });
}

void DesktopUse::leaveSearch()
{
    childOf<QLineEdit>(m_window, "searchField").clear();
    m_list.setFocus();
    settle();
}

void DesktopUse::chooseUnassigned()
{
    m_window.commands().trigger(QStringLiteral("go.unassigned"));
    static_cast<void>(await([this] {
        return m_inbox.query().view == View::unassigned &&
               m_inbox.model().state() == ConversationListModel::State::ready;
    }));
    settle();
}

void DesktopUse::switchViews()
{
    const auto *views = qobject_cast<QListView *>(&m_views);
    const int rows = views->model()->rowCount();
    Figures toEye;
    while (toEye.count() < samples) {
        const int row = m_random.bounded(rows);
        if (!(views->model()->index(row, 0).flags() & Qt::ItemIsEnabled) || row == views->currentIndex().row())
            continue;
        if (const double time = showView(row); time >= 0)
            toEye.add(time);
        settle();
    }
    report(QStringLiteral("switch view"), toEye, frame);
}

void DesktopUse::openConversations()
{
    chooseUnassigned();
    static_cast<void>(m_watchdog.take());
    Figures toEye;
    for (int i = 0; i < samples; ++i) {
        if (const double time = nextConversation(); time >= 0)
            toEye.add(time);
        settle();
    }
    report(QStringLiteral("open the next conversation"), toEye, frame);
}

void DesktopUse::openLongest()
{
    const auto longest = read<ConversationId>([](Database &database) -> Result<ConversationId> {
        ConversationId id;
        Statement find = database.statement("select_longest_conversation");
        if (find.next())
            find >> id;
        return id;
    });
    settle();
    static_cast<void>(m_watchdog.take()); // that wait was ours
    Figures toEye;
    for (int i = 0; i < samples; ++i) {
        toEye.add(openConversation(longest));
        settle();
        static_cast<void>(openConversation(m_inbox.model().conversationAt(i % 50)));
        settle();
    }
    report(QStringLiteral("open the longest conversation"), toEye, frame);
    static_cast<void>(openConversation(longest));
    scrollLongest();
}

void DesktopUse::scrollLongest()
{
    TimelineView &timeline = m_conversation.timeline();
    for (int i = 0; i < 3000 && timeline.timeline().hasOlder(); ++i) {
        timeline.verticalScrollBar()->setValue(timeline.verticalScrollBar()->value() - 400);
        handleNext();
    }
    printFigure(QStringLiteral("  messages scrolled through"), QString::number(timeline.timeline().messageCount()));
    report(QStringLiteral("scroll up the longest conversation"), {}, frame);
}

void DesktopUse::scrollList()
{
    m_window.commands().trigger(QStringLiteral("go.all"));
    settle();
    static_cast<void>(m_watchdog.take());
    QScrollBar *bar = m_list.verticalScrollBar();
    for (int i = 0; i < 4000; ++i) {
        bar->setValue(bar->value() + 400);
        handleNext();
    }
    printFigure(QStringLiteral("  rows scrolled through"), QString::number(m_inbox.model().rowCount()));
    report(QStringLiteral("scroll a list"), {}, frame);
}

void DesktopUse::search()
{
    const QStringList known = words();
    if (known.isEmpty())
        return;
    Figures toEye;
    childOf<QLineEdit>(m_window, "searchField").setFocus();
    settle();
    static_cast<void>(m_watchdog.take()); // that wait was ours
    while (toEye.count() < 2 * samples) {
        QString wish = known.at(m_random.bounded(int(known.size()))).left(8);
        if (m_random.bounded(3) == 0)
            wish += QLatin1Char(' ') + known.at(m_random.bounded(int(known.size()))).left(5);
        for (const QChar c : wish) {
            const double time = type(c);
            if (c != QLatin1Char(' '))
                toEye.add(time);
        }
        leaveSearch();
    }
    report(QStringLiteral("search while typing, each key"), toEye, 0);
}

void DesktopUse::applyActions()
{
    chooseUnassigned();
    static_cast<void>(nextConversation());
    settle();
    static_cast<void>(m_watchdog.take());
    Figures claimed;
    Figures undone;
    for (int i = 0; i < samples; ++i) {
        const ConversationId id = m_conversation.conversation();
        const auto owner = [this, id] {
            const ConversationRecord *record = m_inbox.model().record(id);
            return record ? record->assignee : AgentId(-1);
        };
        claimed.add(act(QStringLiteral("conversation.claim"), [&] { return owner() == m_desk.me(); }));
        settle();
        undone.add(act(QStringLiteral("edit.undo"), [&] { return owner() == AgentId(); }));
        settle();
        if (i % 10 == 9)
            static_cast<void>(nextConversation());
        settle();
    }
    claimed.add(undone);
    report(QStringLiteral("apply an action"), claimed, frame);
}

void DesktopUse::receive()
{
    constexpr int pages = 100;
    constexpr int perPage = 200;
    chooseUnassigned();
    static_cast<void>(m_watchdog.take());
    Intake intake(m_desk.workspace());
    QElapsedTimer watch;
    watch.start();
    const QString run = QString::number(toMs(m_desk.workspace().clock().now()));
    for (int p = 0; p < pages; ++p) {
        Page page;
        for (int i = 0; i < perPage; ++i) {
            const QString name = QStringLiteral("%1-%2").arg(run).arg(p * perPage + i);
            RemoteMessage message;
            message.uri = QStringLiteral("https://social.example/") + name;
            message.remoteId = name;
            message.author.id = QString::number((p * perPage + i) % 5000);
            message.author.name = QStringLiteral("Person ") + message.author.id;
            message.sentAt = m_desk.workspace().clock().now();
            message.text =
                QStringLiteral("since the update my lamp %1 does not light any more, what can I do?").arg(name);
            page.messages.append(message);
        }
        const auto stored = intake.storeMessages(ChannelId(1 + p % 30), page);
        static_cast<void>(await([&stored] { return stored.isFinished(); }));
    }
    const double seconds = double(watch.nsecsElapsed()) / 1e9;
    settle();
    report(QStringLiteral("receive %1 messages").arg(pages * perPage), {}, frame);
    printFigure(QStringLiteral("  stored, indexed and shown"),
                QStringLiteral("%1 a second").arg(pages * perPage / seconds, 0, 'f', 0));
}

void DesktopUse::actOnMany()
{
    constexpr int many = 10'000;
    m_window.commands().trigger(QStringLiteral("go.unassigned"));
    settle();
    ConversationListModel &model = m_inbox.model();
    while (model.rowCount() < many && await([&model] { return model.canFetchMore({}); })) {
        const int before = model.rowCount();
        model.fetchMore({});
        static_cast<void>(await([&] { return model.rowCount() > before || model.canFetchMore({}); }));
    }
    report(QStringLiteral("list %1 rows").arg(many), {}, frame);
    static_cast<void>(m_watchdog.take());
    QElapsedTimer watch;
    watch.start();
    m_window.commands().trigger(QStringLiteral("mark.all"));
    static_cast<void>(await([&model] { return model.markedCount() > 0; }));
    settle();
    printFigure(QStringLiteral("  conversations marked"), QString::number(model.markedCount()));
    report(QStringLiteral("mark all"), {}, frame);
    const auto *actions = m_window.findChild<ConversationActions *>();
    for (const char *command : {"conversation.claim", "edit.undo"}) {
        watch.restart();
        m_window.commands().trigger(QString::fromLatin1(command));
        while (actions->isBusy() && watch.elapsed() < 120'000)
            settle();
        printFigure(QStringLiteral("  %1 done after").arg(QString::fromLatin1(command)),
                    QStringLiteral("%1 s").arg(double(watch.elapsed()) / 1000, 0, 'f', 1));
        settle();
        report(QStringLiteral("%1, all that are marked").arg(QString::fromLatin1(command)), {}, frame);
    }
}

namespace {

void tellMemory(const QString &when)
{
    printFigure(QStringLiteral("memory (PSS) ") + when,
                QStringLiteral("%1 MB").arg(double(memoryShare()) / 1e6, 0, 'f', 1));
}

} // namespace

void DesktopUse::useAtRandom(int seconds)
{
    const QStringList known = words();
    if (known.isEmpty())
        return;
    const auto *views = qobject_cast<QListView *>(&m_views);
    settle();
    static_cast<void>(m_watchdog.take()); // that wait was ours
    QElapsedTimer watch;
    watch.start();
    Figures toEye;
    int minutes = 10;
    while (watch.elapsed() < qint64(seconds) * 1000) {
        if (watch.elapsed() >= minutes * 60'000LL) {
            tellMemory(QStringLiteral("after %1 min of random use").arg(minutes));
            minutes += 10;
        }
        switch (m_random.bounded(6)) {
        case 0: {
            const int row = m_random.bounded(views->model()->rowCount());
            if (views->model()->index(row, 0).flags() & Qt::ItemIsEnabled && row != views->currentIndex().row())
                toEye.add(showView(row));
            break;
        }
        case 1:
            for (int i = 0; i < 20; ++i) {
                m_list.verticalScrollBar()->setValue(m_list.verticalScrollBar()->value() + 300);
                handleNext();
            }
            break;
        case 2:
            childOf<QLineEdit>(m_window, "searchField").setFocus();
            for (const QChar c : known.at(m_random.bounded(int(known.size()))).left(6))
                static_cast<void>(type(c));
            leaveSearch();
            break;
        case 3:
            m_conversation.timeline().verticalScrollBar()->setValue(0);
            break;
        default:
            if (const double time = nextConversation(); time >= 0)
                toEye.add(time);
        }
        settle();
    }
    report(QStringLiteral("random use for %1 s").arg(seconds), toEye, frame);
}

void DesktopUse::run(int seconds)
{
    static_cast<void>(await([this] { return m_inbox.model().rowCount() > 0 && m_window.roster().isLoaded(); }));
    for (int i = 0; i < 20; ++i)
        settle();
    printHeading(QStringLiteral("use (milliseconds)"));
    tellMemory(QStringLiteral("at start"));
    static_cast<void>(m_watchdog.take());
    switchViews();
    openConversations();
    openLongest();
    search();
    applyActions();
    scrollList();
    tellMemory(QStringLiteral("after these"));
    useAtRandom(seconds);
    tellMemory(QStringLiteral("after random use"));
    receive();
    tellMemory(QStringLiteral("after receiving"));
    actOnMany();
    tellMemory(QStringLiteral("at the end"));
}

} // namespace Earshot
