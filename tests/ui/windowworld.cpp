// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/ui/windowworld.h"

#include "tests/ui/keyboard.h"
#include "ui/conversation/conversationpane.h"
#include "ui/conversation/timelineview.h"
#include "ui/inbox/inboxpane.h"
#include "ui/shell/dialogkeys.h"
#include "ui/shell/messagebar.h"
#include "ui/shell/plainlabel.h"
#include "ui/shell/screenfit.h"
#include "ui/shell/statepage.h"
#include "ui/shell/translations.h"
#include "workspace/database.h"
#include "workspace/queries.h"

#include <QAbstractButton>
#include <QApplication>
#include <QKeySequence>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSettings>
#include <QStandardPaths>
#include <QTableView>
#include <QTest>

#include <algorithm>

namespace Earshot {

WindowWorld::WindowWorld(int conversations, const QString &change)
{
    QStandardPaths::setTestModeEnabled(true);
    // With the plurals of English.
    static const bool isTranslated = [] {
        installTranslations(*qApp);
        new ScreenFit(qApp);
        new DialogKeys(qApp);
        return true;
    }();
    Q_UNUSED(isTranslated)
    QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, m_folder.filePath(QStringLiteral("settings")));
    auto sample = makeSample(m_folder.path(), m_clock, 1, conversations);
    if (!sample)
        qFatal("no sample could be made: %s", qUtf8Printable(sample.error().detail));
    m_path = sample->path;
    m_networks = &dynamic_cast<SampleTransport &>(*sample->http).world();
    for (const char *name : {"Mira Holm", "Jonas Weber", "Lena Vogel", "Omar Haddad"}) {
        const QString who = QString::fromLatin1(name);
        const SamplePerson person{who, QString(who).toLower().replace(QLatin1Char(' '), QLatin1Char('_')), false};
        m_clock.advance(std::chrono::seconds(10));
        m_networks->mastodon()->setTime(m_networks->now());
        m_networks->post(person, QStringLiteral("@acme my ThinkTower 9 makes a strange noise, what can I do?"), {});
    }
    if (!change.isEmpty())
        Database::open(sample->path, Database::Mode::readWrite).value()->execute(change);
    Session::Options options;
    options.path = m_path;
    options.http = std::move(sample->http);
    options.secrets = sample->secrets;
    auto session = Session::open(std::move(options), m_clock);
    if (!session)
        qFatal("the sample could not be opened");
    m_session = std::move(*session);
    m_intake = std::make_unique<Intake>(m_session->workspace());
    const auto pulled = m_session->channels().pull(ChannelId());
    if (!QTest::qWaitFor([&] { return pulled.isFinished(); }, 30'000))
        qFatal("the sample's networks do not answer");
    open();
    m_window->resize(1280, 720);
}

Appearance &WindowWorld::appearance()
{
    // The application owns it.
    static auto *one = new Appearance(*qApp);
    return *one;
}

void WindowWorld::chooseAppearance(Appearance::Scheme scheme)
{
    QStandardPaths::setTestModeEnabled(true);
    appearance().choose(scheme);
}

void WindowWorld::setHealth(ChannelId channel, Health health, const QString &detail)
{
    (void)m_intake->storeHealth(channel, health, detail, Time()).result();
}

void WindowWorld::setPulled(ChannelId channel)
{
    (void)m_intake->storeNextPull(channel, clock().now() + std::chrono::hours(24), false, {}).result();
}

void WindowWorld::setSearchReach(const QString &reach)
{
    const auto written =
        m_session->desk().workspace().write<void>(Urgency::interactive, [&reach](Writing &writing) -> Done {
            Statement store = writing.statement("upsert_meta");
            store.bind("name", QStringLiteral("replica_reach")).bind("value", reach).run();
            writing.notice().hasChannels = true;
            return writing.database().done();
        });
    static_cast<void>(written.result());
}

WindowWorld::~WindowWorld()
{
    m_window.reset();
    m_intake.reset();
    m_session.reset();
}

void WindowWorld::open(MainWindow::Options options)
{
    if (options.title.isEmpty())
        options.title = QStringLiteral("Test");
    m_window = std::make_unique<MainWindow>(m_session->desk(), m_session->channels(), appearance(), options);
    m_window->show();
    m_window->activateWindow();
}

void WindowWorld::reopen(MainWindow::Options options)
{
    m_window->close();
    // What it remembers is there before the next one asks.
    m_window.reset();
    open(std::move(options));
}

void WindowWorld::startAs(const QString &agent)
{
    m_window.reset();
    m_intake.reset();
    m_session.reset();
    m_networks = nullptr;
    Session::Options options;
    options.path = m_path;
    options.agentName = agent;
    auto session = Session::open(std::move(options), m_clock);
    if (!session)
        qFatal("%s cannot start", qUtf8Printable(agent));
    m_session = std::move(*session);
    m_intake = std::make_unique<Intake>(m_session->workspace());
    open();
}

QWidget *WindowWorld::widget(const char *name) const
{
    const QString wanted = QString::fromLatin1(name);
    QWidget *hidden = nullptr;
    for (QWidget *top : QApplication::topLevelWidgets()) {
        QList<QWidget *> all = top->findChildren<QWidget *>(wanted);
        if (top->objectName() == wanted)
            all.append(top);
        for (QWidget *one : std::as_const(all)) {
            if (one->isVisible())
                return one;
            hidden = one;
        }
    }
    return hidden;
}

QString WindowWorld::textOf(const char *name) const
{
    QWidget *found = widget(name);
    if (!found || !found->isVisible())
        return {};
    if (const auto *label = qobject_cast<PlainLabel *>(found))
        return label->text();
    if (const auto *label = qobject_cast<QLabel *>(found))
        return label->text();
    if (const auto *button = qobject_cast<QAbstractButton *>(found))
        return button->text();
    if (const auto *field = qobject_cast<QLineEdit *>(found))
        return field->text();
    if (const auto *edit = qobject_cast<QPlainTextEdit *>(found))
        return edit->toPlainText();
    if (const auto *bar = qobject_cast<MessageBar *>(found))
        return bar->text();
    if (const auto *page = qobject_cast<StatePage *>(found))
        return page->title();
    return found->accessibleName();
}

ConversationListModel &WindowWorld::list() const
{
    return m_window->findChild<InboxPane *>()->model();
}

bool WindowWorld::isReady() const
{
    return m_window->roster().isLoaded() && list().rowCount() > 5;
}

const Timeline &WindowWorld::timeline() const
{
    return m_window->findChild<ConversationPane *>()->timeline().timeline();
}

ConversationId WindowWorld::shown() const
{
    return m_window->findChild<ConversationPane *>()->conversation();
}

QWidget *WindowWorld::focus() const
{
    // Without a window manager nobody gives the keyboard back when a dialog or a menu closes. One that comes now has
    // it.
    const QWidget *active = QApplication::activeWindow();
    if ((!active || !active->isVisible()) && m_window->isVisible())
        (QApplication::activeModalWidget() ? QApplication::activeModalWidget() : m_window.get())->activateWindow();
    return QApplication::focusWidget();
}

void WindowWorld::press(const QString &keys)
{
    for (const QString &key : keys.split(QLatin1Char(' '))) {
        if (!QTest::qWaitFor([this] { return focus() != nullptr; }, 30'000)) {
            QTest::qFail("nothing has the keyboard", __FILE__, __LINE__);
            return;
        }
        const QKeyCombination known = QKeySequence::fromString(key)[0];
        const bool isLetter = key.section(QLatin1Char('+'), -1).size() == 1;
        const bool isText = isLetter && !(known.keyboardModifiers() & ~Qt::ShiftModifier);
        if (!isText) {
            QTest::keyClick(keyboard(), known.key(), known.keyboardModifiers());
            continue;
        }
        // A letter as a keyboard types it: small without Shift.
        const QString letter = key.right(1);
        const bool isShifted = known.keyboardModifiers() & Qt::ShiftModifier;
        QTest::sendKeyEvent(QTest::Click, focus(), known.key(), isShifted ? letter.toUpper() : letter.toLower(),
                            known.keyboardModifiers());
    }
}

void WindowWorld::type(const QString &text)
{
    if (QTest::qWaitFor([this] { return focus() != nullptr; }, 30'000))
        QTest::keyClicks(focus(), text);
}

ConversationId WindowWorld::show(const std::function<bool(const ConversationRecord &)> &wanted)
{
    auto *table = find<QTableView>("conversations");
    if (!QTest::qWaitFor([this] { return list().state() == ConversationListModel::State::ready; }, 30'000))
        return {};
    for (int row = 0; row < list().rowCount(); ++row) {
        const ConversationId id = list().conversationAt(row);
        if (!wanted(record(id)))
            continue;
        table->setCurrentIndex(list().index(row));
        table->setFocus();
        auto *pane = m_window->findChild<ConversationPane *>();
        const bool isThere = QTest::qWaitFor([&] { return pane->record().id == id; }, 30'000);
        return isThere ? id : ConversationId();
    }
    return {};
}

ConversationId WindowWorld::showMention()
{
    return show([this](const ConversationRecord &one) {
        if (one.network != Network::mastodon || !one.needsAnswer || one.trouble > 0 || one.isPrivate)
            return false;
        const QList<MessageRecord> all = messages(one.id);
        return all.constLast().kind == MessageKind::inbound && all.constLast().presence == Presence::live &&
               !all.constLast().url.isEmpty();
    });
}

ConversationRecord WindowWorld::record(ConversationId id)
{
    using Rows = QList<ConversationRecord>;
    return m_session->workspace()
        .readNow<Rows>(
            [&](Database &database) { return loadConversations(database, {id}, desk().me(), m_clock.now()); })
        .value_or(Rows())
        .value(0);
}

QList<MessageRecord> WindowWorld::messages(ConversationId id)
{
    using Rows = QList<MessageRecord>;
    return m_session->workspace()
        .readNow<Rows>([id](Database &database) {
            return loadMessages(database, {id, {}, 1000});
        })
        .value_or(Rows());
}

QList<DeliveryRecord> WindowWorld::outbox()
{
    using Rows = QList<DeliveryRecord>;
    return m_session->workspace()
        .readNow<Rows>([](Database &database) { return loadOutbox(database); })
        .value_or(Rows());
}

int WindowWorld::waitingInWindow() const
{
    const QList<DeliveryRecord> &all = m_window->roster().outbox();
    return int(std::count_if(all.cbegin(), all.cend(), [](const DeliveryRecord &one) {
        return one.state == DeliveryState::held || one.state == DeliveryState::queued;
    }));
}

Outcome WindowWorld::act(ActionArguments arguments)
{
    return desk().perform({makeAction(std::move(arguments), m_clock.now())}).result().value(0);
}

RemoteMessage WindowWorld::newMessage(const QString &name, const QString &text)
{
    const QString key = QStringLiteral("new%1").arg(++m_written);
    RemoteMessage message;
    message.uri = QStringLiteral("https://elsewhere.example/") + key;
    message.url = message.uri;
    message.remoteId = key;
    message.threadUri = message.uri;
    message.author.id = key;
    message.author.name = name;
    message.author.handle = QLatin1Char('@') + key + QStringLiteral("@elsewhere.example");
    message.sentAt = m_clock.now();
    message.text = text;
    return message;
}

ChannelRecord WindowWorld::account() const
{
    const auto channels =
        m_session->workspace().readNow<QList<ChannelRecord>>([](Database &database) { return loadChannels(database); });
    for (const ChannelRecord &one : channels.value()) {
        if (one.network == Network::mastodon && one.capabilities.canReply)
            return one;
    }
    return {};
}

void WindowWorld::store(const QList<RemoteMessage> &messages)
{
    Page page;
    page.messages = messages;
    if (!m_intake->storeMessages(account().id, page).result())
        qFatal("the messages were not stored");
}

void WindowWorld::write(const QStringList &names, const QString &text)
{
    m_clock.advance(std::chrono::seconds(1));
    QList<RemoteMessage> messages;
    for (const QString &name : names)
        messages.append(newMessage(name, text));
    store(messages);
}

void WindowWorld::writeLongAgo(const QStringList &names, const QString &text, int count)
{
    const Time before = account().workSince - std::chrono::hours(24);
    QList<RemoteMessage> messages;
    for (const QString &name : names) {
        RemoteMessage message = newMessage(name, text);
        const QString thread = message.uri;
        for (int i = 0; i < count; ++i) {
            message.sentAt = before + std::chrono::minutes(i);
            if (i > 0) {
                message.parentUri = thread;
                message.uri = thread + QStringLiteral("/%1").arg(i);
                message.remoteId = message.uri;
            }
            messages.append(message);
        }
    }
    store(messages);
}

void WindowWorld::writeAgainAsTheLast(const QString &name, const QString &text)
{
    m_clock.advance(std::chrono::seconds(1));
    const QString thread = QStringLiteral("https://elsewhere.example/new%1").arg(m_written);
    --m_written;
    RemoteMessage message = newMessage(name, text);
    message.threadUri = thread;
    message.parentUri = thread;
    message.uri = thread + QStringLiteral("/again");
    message.remoteId = message.uri;
    store({message});
}

void WindowWorld::answerTheLast(const QString &name, const QString &text)
{
    m_clock.advance(std::chrono::seconds(1));
    const QString last = QStringLiteral("https://elsewhere.example/new%1").arg(m_written);
    RemoteMessage message = newMessage(name, text);
    message.threadUri = last;
    message.parentUri = last;
    message.isContext = true;
    store({message});
}

} // namespace Earshot
