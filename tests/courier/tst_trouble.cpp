// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "courierworld.h"
#include "model/future.h"
#include "workspace/queries.h"
#include "workspace/upkeep.h"

#include <QSignalSpy>
#include <QStandardPaths>
#include <QTest>

using namespace Earshot;

using Dialect = FakeMastodon::Dialect;

namespace {

/// A keychain that may be locked.
class LockableStore final : public SecretStore
{
public:
    explicit LockableStore(std::unique_ptr<SecretStore> inner)
        : m_inner(std::move(inner))
    {
    }
    bool isLocked = true;
    [[nodiscard]] QFuture<Result<Secret>> read(const QString &name) override
    {
        return isLocked ? readyFuture<Result<Secret>>(locked()) : m_inner->read(name);
    }
    [[nodiscard]] QFuture<Done> write(const QString &name, Secret secret) override
    {
        return isLocked ? readyFuture<Done>(locked()) : m_inner->write(name, std::move(secret));
    }
    [[nodiscard]] QFuture<Done> remove(const QString &name) override
    {
        return isLocked ? readyFuture<Done>(locked()) : m_inner->remove(name);
    }

private:
    static tl::unexpected<Error> locked()
    {
        return fail(ErrorKind::noKeychain, QStringLiteral("the keychain is locked"));
    }

    std::unique_ptr<SecretStore> m_inner;
};

/// From its k-th access on nothing can be read or written, until there is room again.
void fillDiskAt(int k)
{
    Database::setFault([left = k]() mutable -> std::optional<Error> {
        if (left-- > 0)
            return std::nullopt;
        left = 0;
        return Error{ErrorKind::diskFull, QStringLiteral("database or disk is full"), {}};
    });
}

/// The real limit of the file: no page more than it has now.
void limitPages(Workspace &workspace, bool isLimited)
{
    const auto set = workspace.write<bool>(Urgency::interactive, [isLimited](Writing &writing) -> Result<bool> {
        const qint64 now = writing.database().pragma(QStringLiteral("page_count"));
        writing.database().execute(QStringLiteral("PRAGMA max_page_count = %1").arg(isLimited ? now : 1'000'000));
        return true;
    });
    QVERIFY(resultOf(set).has_value());
}

void makeHeld(LockableStore *&store, CourierWorld &world)
{
    world.endProcess();
    auto lockable = std::make_unique<LockableStore>(std::move(world.secrets));
    store = lockable.get();
    world.secrets = std::move(lockable);
    world.beginProcess();
}

} // namespace

/// What a full disk and a locked keychain do, and what they must not do.
class TroubleTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void cleanup() { Database::setFault({}); }
    void diskFillsUpWhileSending();
    void diskFillsUpWhilePulling();
    void fullDiskIsTold();
    void typedTextSurvivesAFullDisk();
    void lockedKeychainHoldsItsChannelOnly();
    void publicSourceNeedsNoKeychain();
    void untrustedCertificateIsTold();
};

void TroubleTest::diskFillsUpWhileSending()
{
    bool isThrough = false;
    for (int k = 0; !isThrough; k += k < 40 ? 1 : 3) {
        QVERIFY2(k < 1000, "it never comes to its end");
        CourierWorld world(Dialect::goToSocial);
        static_cast<void>(world.customerAsks(QStringLiteral("it broke")));
        QVERIFY(!world.pull().error);
        const DeliveryId delivery = world.reply(QStringLiteral("We look into it"));
        fillDiskAt(k);
        isThrough = world.deliver().sent == 1;
        Database::setFault({});
        QVERIFY2(world.published(QStringLiteral("We look into it")) <= 1, qPrintable(QString::number(k)));
        // There is room again, and what is in doubt is looked for.
        for (int i = 0; i < 6 && world.job(delivery).state != DeliveryState::sent; ++i) {
            world.waitLong();
            static_cast<void>(world.deliver());
        }
        QCOMPARE(world.job(delivery).state, DeliveryState::sent);
        QCOMPARE(world.published(QStringLiteral("We look into it")), 1);
        QVERIFY(!world.pull().error);
        QCOMPARE(world.storedMessages(), 2);
    }
}

void TroubleTest::diskFillsUpWhilePulling()
{
    QStringList expected;
    bool isThrough = false;
    for (int k = 0; !isThrough; k += 7) {
        QVERIFY2(k < 5000, "it never comes to its end");
        CourierWorld world(Dialect::mastodon);
        for (int i = 0; i < 30; ++i)
            static_cast<void>(world.customerAsks(QStringLiteral("question %1").arg(i)));
        fillDiskAt(k);
        isThrough = !world.pull().error;
        Database::setFault({});
        QVERIFY(!world.pull().error);
        const QStringList rows = rowsOf(*world.workspace);
        if (expected.isEmpty())
            expected = rows;
        QCOMPARE(rows, expected);
        QTRY_COMPARE(world.channelRow().health, Health::ok);
    }
}

void TroubleTest::fullDiskIsTold()
{
    CourierWorld world(Dialect::mastodon);
    for (int i = 0; i < 200; ++i)
        static_cast<void>(world.customerAsks(QStringLiteral("question %1 ").arg(i) + QString(300, QLatin1Char('x'))));
    limitPages(*world.workspace, true);
    const ChannelReport report = world.pull();
    QVERIFY(report.error);
    QCOMPARE(report.error->kind, ErrorKind::diskFull);
    limitPages(*world.workspace, false);
    QVERIFY(!world.pull().error);
    QCOMPARE(allMessages(*world.workspace).size(), 200);
    const QString path = world.workspace->path();
    world.endProcess();
    const Result<VerifyReport> verified = verifyWorkspace(path);
    QVERIFY(verified && verified->isSound());
}

void TroubleTest::typedTextSurvivesAFullDisk()
{
    CourierWorld world(Dialect::mastodon);
    static_cast<void>(world.customerAsks(QStringLiteral("it broke")));
    QVERIFY(!world.pull().error);
    QSignalSpy told(world.desk.get(), &Desk::personalStateFailed);
    fillDiskAt(0);
    DraftRecord draft;
    draft.conversation = ConversationId(1);
    draft.text = QStringLiteral("half a sentence");
    world.desk->saveDraft(draft);
    const Done full = resultOf(world.desk->flushPersonal());
    QVERIFY(!full);
    QCOMPARE(full.error().kind, ErrorKind::diskFull);
    QTRY_COMPARE(told.size(), 1);
    QVERIFY(!resultOf(world.desk->flushPersonal()));
    // Told once, kept, and written when there is room.
    QCOMPARE(told.size(), 1);
    Database::setFault({});
    const auto kept = [&world]() -> QString {
        static_cast<void>(resultOf(world.desk->flushPersonal()));
        const auto drafts = world.workspace->readNow<QList<DraftRecord>>(
            [](Database &database) { return loadDrafts(database, AgentId(1), ConversationId(1)); });
        return drafts->isEmpty() ? QString() : drafts->constFirst().text;
    };
    QTRY_COMPARE(kept(), draft.text);
}

void TroubleTest::lockedKeychainHoldsItsChannelOnly()
{
    CourierWorld world(Dialect::mastodon);
    static_cast<void>(world.customerAsks(QStringLiteral("it broke")));
    QVERIFY(!world.pull().error);
    LockableStore *keychain = nullptr;
    makeHeld(keychain, world);
    const DeliveryId delivery = world.reply(QStringLiteral("We look into it"));
    const ChannelReport pulled = world.pull();
    QVERIFY(pulled.error);
    QCOMPARE(pulled.error->kind, ErrorKind::noKeychain);
    QTRY_COMPARE(world.channelRow().health, Health::keyringLocked);
    QVERIFY(!world.channelRow().healthDetail.isEmpty());
    // The reply waits: it has not failed.
    const ChannelReport sent = world.deliver();
    QCOMPARE(sent.sent, 0);
    QCOMPARE(sent.waiting, 1);
    QCOMPARE(sent.failed, 0);
    QVERIFY(world.job(delivery).state == DeliveryState::held || world.job(delivery).state == DeliveryState::queued);
    keychain->isLocked = false;
    QVERIFY(!world.pull().error);
    QTRY_COMPARE(world.channelRow().health, Health::ok);
    QCOMPARE(world.deliver().sent, 1);
    QCOMPARE(world.published(QStringLiteral("We look into it")), 1);
}

void TroubleTest::publicSourceNeedsNoKeychain()
{
    const auto server = std::make_shared<FakeMastodon>(QStringLiteral("social.example"));
    CourierWorld world([&server](WorldClock &clock) {
        server->setTime(clock.now());
        server->addPerson(QStringLiteral("mira"));
        Place place;
        place.network = server;
        place.add.network = Network::mastodon;
        place.add.address = QStringLiteral("#lamp@social.example");
        return place;
    });
    LockableStore *keychain = nullptr;
    makeHeld(keychain, world);
    world.clock.advance(std::chrono::seconds(1));
    server->setTime(world.clock.now());
    static_cast<void>(server->post(QStringLiteral("mira"), QStringLiteral("my #lamp is dark")));
    const ChannelReport pulled = world.pull();
    QVERIFY2(!pulled.error, qPrintable(pulled.error ? pulled.error->detail : QString()));
    QCOMPARE(pulled.messages, 1);
}

void TroubleTest::untrustedCertificateIsTold()
{
    CourierWorld world(Dialect::mastodon);
    static_cast<void>(world.customerAsks(QStringLiteral("it broke")));
    QVERIFY(!world.pull().error);
    const DeliveryId delivery = world.reply(QStringLiteral("We look into it"));
    world.transport->setTrouble(0, Trouble::untrusted);
    const ChannelReport pulled = world.pull();
    QVERIFY(pulled.error);
    QCOMPARE(pulled.error->kind, ErrorKind::certificate);
    QTRY_COMPARE(world.channelRow().health, Health::certificate);
    QVERIFY(world.channelRow().healthDetail.contains(QLatin1StringView("certificate")));
    // The reply waits until the server has mended it.
    world.transport->setTrouble(0, Trouble::untrusted);
    const ChannelReport sent = world.deliver();
    QCOMPARE(sent.sent + sent.failed + sent.unsure, 0);
    QCOMPARE(world.job(delivery).state, DeliveryState::queued);
    world.waitLong();
    QVERIFY(!world.pull().error);
    QTRY_COMPARE(world.channelRow().health, Health::ok);
    QCOMPARE(world.deliver().sent, 1);
    QCOMPARE(world.published(QStringLiteral("We look into it")), 1);
}

QTEST_GUILESS_MAIN(TroubleTest)
#include "tst_trouble.moc"
