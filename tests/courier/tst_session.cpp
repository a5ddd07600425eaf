// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "courier/ownerclient.h"
#include "courier/session.h"
#include "courierworld.h"
#include "workspace/queries.h"

#include <QLocalServer>
#include <QLocalSocket>
#include <QMutex>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTest>

#include <algorithm>

using namespace Earshot;
using namespace Qt::StringLiterals;

namespace {

/// A fake server that both the network thread and the test speak to.
struct SharedServer
{
    QMutex mutex;
    FakeMastodon fake{QStringLiteral("social.example")};
};

class SharedTransport final : public HttpTransport
{
public:
    explicit SharedTransport(std::shared_ptr<SharedServer> server)
        : m_server(std::move(server))
    {
    }
    [[nodiscard]] QFuture<Result<HttpAnswer>> exchange(HttpRequest request) override
    {
        QPromise<Result<HttpAnswer>> promise;
        promise.start();
        {
            const QMutexLocker lock(&m_server->mutex);
            promise.addResult(m_server->fake.hosts().contains(request.url.host())
                                  ? Result<HttpAnswer>(m_server->fake.answer(request))
                                  : fail(ErrorKind::transient, QStringLiteral("no such host")));
        }
        promise.finish();
        return promise.future();
    }

private:
    std::shared_ptr<SharedServer> m_server;
};

} // namespace

/// One file, one owner; everybody else works through the owner, or not at all.
class SessionTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void secondSessionWorksThroughTheOwner();
    void outcomesAreEqual();
    void secondSessionHearsAndKeeps();
    void unknownAgentIsRefused();
    void ownerEnds();
    void ownerEndsWhileItIsAsked();
    void nobodyListens();
    void readOnlySessionDoesNothing();
    void strangeBytesHurtNobody();
    void copiedFileRefusesUntilAdopted();
    void secondSessionConnectsAChannel();
    void anotherAccountsTokenChangesNothing();
    void anotherAccountIsNotConnected();
    void networksClockCounts_data();
    void networksClockCounts();

private:
    [[nodiscard]] std::unique_ptr<Session> open(bool isReadOnly = false);
    [[nodiscard]] QString path() const { return m_folder->filePath(QStringLiteral("w.earshot")); }
    /// Connects the account through this session.
    static ChannelId connectChannel(Session &session);
    void customerAsks(const QString &text);
    [[nodiscard]] int published(const QString &text);
    [[nodiscard]] static Outcome act(Session &session, ActionArguments arguments);
    [[nodiscard]] static int stored(Session &session);

    WorldClock m_clock;
    QTemporaryDir m_runtime;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::shared_ptr<SharedServer> m_server;
    Duration m_patience{};
};

void SessionTest::initTestCase()
{
    QStandardPaths::setTestModeEnabled(true);
    qputenv("XDG_RUNTIME_DIR", m_runtime.path().toUtf8());
}

void SessionTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_patience = std::chrono::seconds(10);
    m_server = std::make_shared<SharedServer>();
    m_server->fake.setTime(m_clock.now());
    m_server->fake.addPerson(QStringLiteral("acme"));
    m_server->fake.addPerson(QStringLiteral("mira"));
    QVERIFY(Workspace::create(path(), QStringLiteral("Ana"), m_clock).has_value());
}

void SessionTest::cleanup()
{
    m_folder.reset();
}

std::unique_ptr<Session> SessionTest::open(bool isReadOnly)
{
    Session::Options options;
    options.path = path();
    options.isReadOnly = isReadOnly;
    options.keyFile = m_folder->filePath(QStringLiteral("key"));
    options.http = std::make_unique<SharedTransport>(m_server);
    options.ownerPatience = m_patience;
    auto session = Session::open(std::move(options), m_clock);
    return session ? std::move(*session) : nullptr;
}

ChannelId SessionTest::connectChannel(Session &session)
{
    NewChannel channel;
    channel.finding.network = Network::mastodon;
    channel.finding.address = QStringLiteral("@acme@social.example");
    channel.secret = Secret(FakeMastodon::tokenOf(QStringLiteral("acme")));
    channel.workSince = session.workspace().clock().now() - std::chrono::days(1);
    channel.horizon = channel.workSince;
    return resultOf(session.channels().addChannel(channel)).value_or(ChannelId());
}

void SessionTest::customerAsks(const QString &text)
{
    const QMutexLocker lock(&m_server->mutex);
    m_server->fake.setTime(m_clock.now());
    m_server->fake.post(QStringLiteral("mira"), QStringLiteral("@acme ") + text);
}

int SessionTest::published(const QString &text)
{
    const QMutexLocker lock(&m_server->mutex);
    int count = 0;
    const QStringList posts = m_server->fake.postsOf(QStringLiteral("acme"));
    for (const QString &id : posts)
        count += m_server->fake.textOfPost(id).contains(text) ? 1 : 0;
    return count;
}

Outcome SessionTest::act(Session &session, ActionArguments arguments)
{
    const Time now = session.workspace().clock().now();
    return resultOf(session.desk().perform({makeAction(std::move(arguments), now)})).constFirst();
}

int SessionTest::stored(Session &session)
{
    return int(allMessages(session.workspace()).size());
}

void SessionTest::secondSessionWorksThroughTheOwner()
{
    const auto owner = open();
    const auto second = open();
    QVERIFY(owner && second);
    QVERIFY(owner->isOwner() && !second->isOwner());
    const ChannelId channel = connectChannel(*owner);
    QVERIFY(channel.isValid());
    customerAsks(QStringLiteral("it broke"));

    const QList<ChannelReport> pulled = resultOf(second->channels().pull(ChannelId()));
    QCOMPARE(pulled.size(), 1);
    QVERIFY(!pulled.constFirst().error);
    QCOMPARE(pulled.constFirst().channel, channel);
    QCOMPARE(pulled.constFirst().messages, 1);
    QCOMPARE(stored(*second), 1);
    QCOMPARE(resultOf(second->channels().pull(ChannelId(99))).size(), 0);

    QSignalSpy changed(&owner->desk(), &Desk::changed);
    QVERIFY(act(*second, Act::Claim{ConversationId(1)}).isApplied());
    QTRY_VERIFY(!changed.isEmpty());
    Act::SendReply reply;
    reply.conversation = ConversationId(1);
    reply.text = QStringLiteral("We look into it\nand \"more\" \u2028");
    QVERIFY(act(*second, reply).created > 0);
    QCOMPARE(resultOf(second->channels().deliver(false)).constFirst().waiting, 1);
    const ChannelReport sent = resultOf(second->channels().deliver(true)).constFirst();
    QVERIFY(!sent.error);
    QCOMPARE(sent.sent, 1);
    QCOMPARE(published(QStringLiteral("We look into it")), 1);
    QCOMPARE(resultOf(owner->channels().deliver(true)).constFirst().sent, 0);
}

void SessionTest::outcomesAreEqual()
{
    const auto owner = open();
    const auto second = open();
    QVERIFY(connectChannel(*owner).isValid());
    customerAsks(QStringLiteral("it broke"));
    QVERIFY(!resultOf(owner->channels().pull(ChannelId())).constFirst().error);
    Act::SendReply nothing;
    nothing.conversation = ConversationId(1);
    const QList<ActionArguments> all{Act::Claim{ConversationId(99)},
                                     Act::AddTag{ConversationId(1), QString()},
                                     nothing,
                                     Act::CancelDelivery{DeliveryId(7)},
                                     Act::AddTag{ConversationId(1), QStringLiteral("b\u00e4r")},
                                     Act::AddNote{ConversationId(1), QStringLiteral("a note")}};
    for (const ActionArguments &arguments : all) {
        Action action = makeAction(arguments, m_clock.now());
        const Outcome here = resultOf(owner->desk().perform({action})).constFirst();
        // The same action is answered with its stored outcome; a new one like it by the same rules.
        const Outcome again = resultOf(second->desk().perform({action})).constFirst();
        QCOMPARE(again.kind, here.kind);
        QCOMPARE(again.refusal, here.refusal);
        QCOMPARE(again.created, here.created);
        action = makeAction(arguments, m_clock.now());
        const Outcome there = resultOf(second->desk().perform({action})).constFirst();
        QCOMPARE(there.kind, here.kind);
        QCOMPARE(there.refusal, here.refusal);
    }
    QCOMPARE(resultOf(second->desk().perform({})).size(), 0);
    // Several at once, in order, each for itself.
    const QList<Outcome> several =
        resultOf(second->desk().perform({makeAction(Act::Claim{ConversationId(1)}, m_clock.now()),
                                         makeAction(Act::Claim{ConversationId(99)}, m_clock.now()),
                                         makeAction(Act::Unassign{ConversationId(1)}, m_clock.now())}));
    QCOMPARE(several.size(), 3);
    QVERIFY(several.at(0).isApplied() && !several.at(1).isApplied() && several.at(2).isApplied());
}

void SessionTest::unknownAgentIsRefused()
{
    const auto owner = open();
    OwnerClient client(path(), {}, m_patience);
    const auto outcomes =
        resultOf(client.perform(AgentId(99), {makeAction(Act::SetDuty{AgentId(1), false}, m_clock.now())}));
    QCOMPARE(outcomes.constFirst().refusal.kind, RefusalKind::permission);
}

void SessionTest::ownerEnds()
{
    auto owner = open();
    const auto second = open();
    QVERIFY(connectChannel(*owner).isValid());
    QVERIFY(!resultOf(second->channels().pull(ChannelId())).constFirst().error);
    QSignalSpy taken(&second->workspace(), &Workspace::ownershipTaken);
    QSignalSpy changed(&second->desk(), &Desk::changed);
    owner.reset();
    QTRY_COMPARE(taken.size(), 1);
    QVERIFY(second->isOwner());
    // What the former owner did last nobody has told: anything may have changed.
    QVERIFY(std::any_of(changed.cbegin(), changed.cend(), [](const QList<QVariant> &signal) {
        return signal.constFirst().value<CommitNotice>().hasChannels;
    }));
    customerAsks(QStringLiteral("it broke"));
    QCOMPARE(resultOf(second->channels().pull(ChannelId())).constFirst().messages, 1);
    changed.clear();
    QVERIFY(act(*second, Act::Claim{ConversationId(1)}).isApplied());
    QTRY_VERIFY(!changed.isEmpty());
    // Whoever comes now is beside it.
    const auto third = open();
    QVERIFY(!third->isOwner());
    Act::SendReply reply;
    reply.conversation = ConversationId(1);
    reply.text = QStringLiteral("We look into it");
    QVERIFY(act(*third, reply).isApplied());
    QCOMPARE(resultOf(third->channels().deliver(true)).constFirst().sent, 1);
    QCOMPARE(published(QStringLiteral("We look into it")), 1);
}

void SessionTest::ownerEndsWhileItIsAsked()
{
    auto owner = open();
    const auto second = open();
    QVERIFY(connectChannel(*owner).isValid());
    customerAsks(QStringLiteral("it broke"));
    QCOMPARE(resultOf(second->channels().pull(ChannelId())).constFirst().messages, 1);
    // Asked, but the owner has not read it yet: who takes over does it.
    DraftRecord draft;
    draft.conversation = ConversationId(1);
    draft.text = QStringLiteral("half a sentence");
    second->desk().saveDraft(draft);
    const auto kept = second->desk().flushPersonal();
    const auto outcomes = second->desk().perform({makeAction(Act::SetDuty{AgentId(1), false}, m_clock.now())});
    const auto pulled = second->channels().pull(ChannelId());
    const auto delivered = second->channels().deliver(false);
    owner.reset();
    QVERIFY(resultOf(outcomes).constFirst().isApplied());
    QVERIFY(!resultOf(pulled).constFirst().error);
    QVERIFY(!resultOf(delivered).constFirst().error);
    QVERIFY(resultOf(kept).has_value());
    QVERIFY(second->isOwner());
    const auto drafts = second->workspace().readNow<QList<DraftRecord>>(
        [](Database &database) { return loadDrafts(database, AgentId(1), ConversationId(1)); });
    QCOMPARE(drafts->size(), 1);
    QCOMPARE(drafts->constFirst().text, draft.text);
}

void SessionTest::secondSessionHearsAndKeeps()
{
    const auto owner = open();
    const auto second = open();
    QVERIFY(connectChannel(*owner).isValid());
    QSignalSpy heard(&second->desk(), &Desk::changed);
    customerAsks(QStringLiteral("it broke"));
    QVERIFY(!resultOf(owner->channels().pull(ChannelId())).constFirst().error);
    QTRY_VERIFY(std::any_of(heard.cbegin(), heard.cend(), [](const QList<QVariant> &signal) {
        const auto notice = signal.constFirst().value<CommitNotice>();
        return notice.hasNewInbound && notice.conversations.contains(ConversationId(1));
    }));
    DraftRecord draft;
    draft.conversation = ConversationId(1);
    draft.mode = DraftRecord::Mode::note;
    draft.text = QStringLiteral("half a \"sentence\"\n");
    draft.basedOn = 7;
    second->desk().saveDraft(draft);
    second->desk().markSeen(ConversationId(1), allMessages(second->workspace()).constFirst().id);
    second->desk().saveSetting(QStringLiteral("sort"), QStringLiteral("newest"));
    QVERIFY(resultOf(second->desk().flushPersonal()).has_value());
    const auto drafts = owner->workspace().readNow<QList<DraftRecord>>(
        [](Database &database) { return loadDrafts(database, AgentId(1), ConversationId(1)); });
    QCOMPARE(drafts->size(), 1);
    QCOMPARE(drafts->constFirst().text, draft.text);
    QCOMPARE(drafts->constFirst().mode, draft.mode);
    QCOMPARE(drafts->constFirst().basedOn, draft.basedOn);
    const auto seen = owner->workspace().readNow<MessageId>(
        [](Database &database) { return loadSeenMessage(database, AgentId(1), ConversationId(1)); });
    QVERIFY(seen->isValid());
    const auto setting = owner->workspace().readNow<QString>(
        [](Database &database) { return loadSetting(database, AgentId(1), QStringLiteral("sort")); });
    QCOMPARE(*setting, QStringLiteral("newest"));
    second->desk().dropDraft(ConversationId(1), DraftRecord::Mode::note);
    QVERIFY(resultOf(second->desk().flushPersonal()).has_value());
    const auto after = owner->workspace().readNow<QList<DraftRecord>>(
        [](Database &database) { return loadDrafts(database, AgentId(1), ConversationId(1)); });
    QVERIFY(after->isEmpty());
}

void SessionTest::nobodyListens()
{
    // The file is held by a process without a socket.
    m_patience = std::chrono::milliseconds(400);
    const auto holder = Workspace::open(path(), Workspace::Access::owner, m_clock);
    QVERIFY(holder.has_value());
    const auto session = open();
    QVERIFY(session && !session->isOwner());
    QCOMPARE(act(*session, Act::SetDuty{AgentId(1), false}).refusal.kind, RefusalKind::unreachable);
    QVERIFY(resultOf(session->channels().pull(ChannelId())).constFirst().error);
    OwnerClient client(path(), {}, m_patience);
    QVERIFY(!resultOf(client.isThere()));
}

void SessionTest::readOnlySessionDoesNothing()
{
    for (const bool hasOwner : {true, false}) {
        const auto owner = hasOwner ? open() : nullptr;
        if (hasOwner)
            QVERIFY(connectChannel(*owner).isValid());
        const auto reader = open(true);
        QVERIFY(reader && !reader->isOwner());
        const Outcome outcome = act(*reader, Act::SetDuty{AgentId(1), false});
        QCOMPARE(outcome.refusal.kind, RefusalKind::notPossible);
        QCOMPARE(outcome.refusal.detail, QStringLiteral("readOnly"));
        QCOMPARE(resultOf(reader->channels().pull(ChannelId())).constFirst().error->kind, ErrorKind::readOnly);
        QCOMPARE(resultOf(reader->channels().deliver(true)).constFirst().error->kind, ErrorKind::readOnly);
        QVERIFY(!resultOf(reader->channels().renewSecret(ChannelId(1), Secret("other"))).has_value());
        QVERIFY(!resultOf(reader->channels().removeChannel(ChannelId(1))).has_value());
        QVERIFY(!connectChannel(*reader).isValid());
        const auto channels = reader->workspace().readNow<QList<ChannelRecord>>(
            [](Database &database) { return loadChannels(database); });
        QCOMPARE(channels->size(), 1);
        QVERIFY(!channels->constFirst().isPaused());
        if (hasOwner)
            QVERIFY(!resultOf(owner->channels().pull(ChannelId())).constFirst().error);
    }
}

void SessionTest::anotherAccountsTokenChangesNothing()
{
    const auto owner = open();
    const auto second = open();
    const ChannelId channel = connectChannel(*owner);
    customerAsks(QStringLiteral("it broke"));
    QVERIFY(!resultOf(owner->channels().pull(channel)).constFirst().error);
    for (Session *session : {owner.get(), second.get()}) {
        const Done other = resultOf(session->channels().renewSecret(channel, Secret(FakeMastodon::tokenOf(u"mira"_s))));
        QVERIFY(!other.has_value());
        QCOMPARE(other.error().kind, ErrorKind::otherAccount);
        QCOMPARE(other.error().detail, QStringLiteral("@mira@social.example ≠ @acme@social.example"));
        const Done none = resultOf(session->channels().renewSecret(channel, Secret("no token at all")));
        QVERIFY(!none.has_value());
        QCOMPARE(none.error().kind, ErrorKind::authExpired);
        // The old one is still in use.
        QVERIFY(!resultOf(session->channels().pull(channel)).constFirst().error);
        QVERIFY(
            resultOf(session->channels().renewSecret(channel, Secret(FakeMastodon::tokenOf(u"acme"_s)))).has_value());
        QCOMPARE(resultOf(session->channels().renewSecret(ChannelId(99), Secret("x"))).error().kind,
                 ErrorKind::notFound);
    }
    const auto channels =
        owner->workspace().readNow<QList<ChannelRecord>>([](Database &database) { return loadChannels(database); });
    QCOMPARE(channels->constFirst().accountHandle, QStringLiteral("@acme@social.example"));
    QCOMPARE(channels->constFirst().health, Health::ok);
    Act::SendReply reply;
    reply.conversation = ConversationId(1);
    reply.text = QStringLiteral("still us");
    QVERIFY(act(*owner, reply).isApplied());
    QCOMPARE(resultOf(owner->channels().deliver(true)).constFirst().sent, 1);
    QCOMPARE(published(QStringLiteral("still us")), 1);
}

void SessionTest::anotherAccountIsNotConnected()
{
    const auto owner = open();
    NewChannel channel;
    channel.finding.network = Network::mastodon;
    channel.finding.address = QStringLiteral("@acme@social.example");
    channel.secret = Secret(FakeMastodon::tokenOf(u"mira"_s));
    const auto added = resultOf(owner->channels().addChannel(channel));
    QVERIFY(!added.has_value());
    QCOMPARE(added.error().kind, ErrorKind::otherAccount);
    const auto channels =
        owner->workspace().readNow<QList<ChannelRecord>>([](Database &database) { return loadChannels(database); });
    QVERIFY(channels->isEmpty());
}

void SessionTest::networksClockCounts_data()
{
    QTest::addColumn<int>("yearsAhead");
    QTest::newRow("right") << 0;
    QTest::newRow("years behind") << -5;
    QTest::newRow("years ahead") << 5;
}

/// How far back, and from when on it is work, are counted from the present, whatever this machine takes for it.
void SessionTest::networksClockCounts()
{
    QFETCH(int, yearsAhead);
    const auto day = std::chrono::hours(24);
    const Time present = m_clock.now();
    m_clock.advance(yearsAhead * 365 * day);
    const auto ask = [this](const char *text, Time at) {
        FakeMastodon::Manner manner;
        manner.createdAt = at;
        m_server->fake.post(QStringLiteral("mira"), QLatin1StringView("@acme ") + QString::fromLatin1(text), manner);
    };
    m_server->fake.setTellsDate();
    ask("long ago", present - 60 * day);
    ask("last week", present - 7 * day);
    const auto owner = open();
    NewChannel channel;
    channel.finding.network = Network::mastodon;
    channel.finding.address = QStringLiteral("@acme@social.example");
    channel.secret = Secret(FakeMastodon::tokenOf(u"acme"_s));
    channel.workSince = m_clock.now();
    channel.isWorkSinceAgo = true;
    channel.horizon = m_clock.now() - 30 * day;
    channel.isHorizonAgo = true;
    const ChannelId id = resultOf(owner->channels().addChannel(channel)).value_or(ChannelId());
    QVERIFY(id.isValid());
    m_server->fake.setTime(present + std::chrono::minutes(5));
    ask("just now", present + std::chrono::minutes(4));
    const ChannelReport report = resultOf(owner->channels().pull(id)).constFirst();
    QVERIFY(!report.error);
    QStringList told;
    const auto listed = allMessages(owner->workspace());
    for (const MessageRecord &message : listed) {
        const auto conversation = owner->workspace().readNow<QList<ConversationRecord>>([&](Database &database) {
            return loadConversations(database, {message.conversation}, AgentId(1), m_clock.now());
        });
        told.append(message.text + QLatin1StringView(": ") + word(conversation->constFirst().status));
    }
    told.sort();
    QCOMPARE(told, QStringList({QStringLiteral("@acme just now: open"), QStringLiteral("@acme last week: resolved")}));
    // A date means that date.
    channel.finding.address = QStringLiteral("#lamp@social.example");
    channel.horizon = present - 3 * day;
    channel.isHorizonAgo = false;
    QVERIFY(resultOf(owner->channels().addChannel(channel)).has_value());
    const auto channels =
        owner->workspace().readNow<QList<ChannelRecord>>([](Database &database) { return loadChannels(database); });
    QCOMPARE(channels->constLast().horizon, present - 3 * day);
}

void SessionTest::strangeBytesHurtNobody()
{
    const quint32 seed = qEnvironmentVariableIntValue("EARSHOT_SEED") > 0
                             ? quint32(qEnvironmentVariableIntValue("EARSHOT_SEED"))
                             : QRandomGenerator::system()->generate();
    qInfo("EARSHOT_SEED=%u", seed);
    QRandomGenerator random(seed);
    const auto owner = open();
    QVERIFY(connectChannel(*owner).isValid());
    QByteArrayList lines{
        "\n",
        "{}\n",
        "[]\n",
        "null\n",
        "{\"id\":1e300,\"method\":[],\"arguments\":7}\n",
        "{\"id\":1,\"method\":\"Action/perform\"}\n",
        "{\"id\":1,\"method\":\"Action/perform\",\"arguments\":{\"actions\":7,\"agent\":\"x\"}}\n",
        "{\"id\":1,\"method\":\"Action/perform\",\"arguments\":{\"actions\":[null,{},[]],\"agent\":1}}\n",
        "{\"id\":1,\"method\":\"Courier/pull\",\"arguments\":{\"channel\":-9e18}}\n",
        "{\"id\":1,\"method\":\"Courier/deliver\",\"arguments\":[]}\n",
        QByteArray(100'000, '[') + '\n',
        QByteArray(100'000, '{') + '\n',
        QByteArray(3'000'000, 'x') + '\n',
        QByteArray(3'000'000, '\0')};
    for (int i = 0; i < 50; ++i) {
        QByteArray noise(random.bounded(2000), '\0');
        for (char &byte : noise)
            byte = char(random.bounded(256));
        lines.append(noise);
    }
    for (const QByteArray &line : std::as_const(lines)) {
        QLocalSocket socket;
        socket.connectToServer(ownerSocketName(path()));
        QVERIFY(socket.state() == QLocalSocket::ConnectedState);
        socket.write(line);
        while (socket.bytesToWrite() > 0 && socket.state() == QLocalSocket::ConnectedState)
            QCoreApplication::processEvents();
        // Some leave in the middle, without waiting for the answer.
        socket.abort();
    }
    // A pull is under way when the one who asked leaves.
    {
        QLocalSocket socket;
        socket.connectToServer(ownerSocketName(path()));
        socket.write("{\"id\":1,\"method\":\"Courier/pull\",\"arguments\":{}}\n");
        QTRY_COMPARE(socket.bytesToWrite(), 0);
    }
    const auto second = open();
    QVERIFY(act(*second, Act::SetDuty{AgentId(1), false}).isApplied());
    QVERIFY(!resultOf(second->channels().pull(ChannelId())).constFirst().error);
}

void SessionTest::copiedFileRefusesUntilAdopted()
{
    {
        const auto owner = open();
        QVERIFY(connectChannel(*owner).isValid());
        customerAsks(QStringLiteral("it broke"));
        QVERIFY(!resultOf(owner->channels().pull(ChannelId())).constFirst().error);
        Act::SendReply reply;
        reply.conversation = ConversationId(1);
        reply.text = QStringLiteral("only once");
        QVERIFY(act(*owner, reply).isApplied());
    }
    const QString copy = m_folder->filePath(QStringLiteral("copy"));
    QVERIFY(QFile::copy(path(), copy));
    QVERIFY(QFile::remove(path()) && QFile::rename(copy, path()));
    const auto owner = open();
    const auto second = open();
    QVERIFY(owner->workspace().isCourierOff());
    for (Session *session : {owner.get(), second.get()}) {
        for (const bool isPull : {true, false}) {
            const ChannelReport report =
                resultOf(isPull ? session->channels().pull(ChannelId()) : session->channels().deliver(true))
                    .constFirst();
            QVERIFY(report.error);
            QCOMPARE(report.error->kind, ErrorKind::refused);
            QVERIFY(report.error->detail.contains(QLatin1StringView("adopt")));
        }
    }
    QVERIFY(resultOf(owner->workspace().adopt()).has_value());
    QVERIFY(!resultOf(second->channels().pull(ChannelId())).constFirst().error);
    // Its twin may have sent it: a person has to say.
    QCOMPARE(resultOf(second->channels().deliver(true)).constFirst().unsure, 1);
    QCOMPARE(published(QStringLiteral("only once")), 0);
}

void SessionTest::secondSessionConnectsAChannel()
{
    const auto owner = open();
    const auto second = open();
    QVERIFY(connectChannel(*second).isValid());
    customerAsks(QStringLiteral("it broke"));
    // The secret was stored by the one and is used by the other.
    const ChannelReport report = resultOf(owner->channels().pull(ChannelId())).constFirst();
    QVERIFY2(!report.error, qPrintable(report.error ? report.error->detail : QString()));
    QCOMPARE(report.messages, 1);
    QCOMPARE(resultOf(second->channels().deliver(true)).size(), 1);
}

QTEST_GUILESS_MAIN(SessionTest)
#include "tst_session.moc"
