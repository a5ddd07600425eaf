// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/replica/onedevice.h"

#include "tests/patience.h"
#include "workspace/mediafolder.h"

#include <QDirIterator>

namespace Earshot {

TokenStore storeOf(QHash<QString, QByteArray> &kept)
{
    return {[&kept](const QString &name) { return readyFuture(Result<Secret>(Secret(kept.value(name)))); },
            [&kept](const QString &name, const Secret &token) {
                kept.insert(name, token.reveal());
                return readyFuture(Done());
            },
            [&kept](const QString &name) {
                kept.remove(name);
                return readyFuture(Done());
            }};
}

void OneDevice::begin()
{
    qRegisterMetaType<Parting>();
    m_world = std::make_unique<ServerWorld>();
    join(m_world->server().port());
}

void OneDevice::end()
{
    close();
    m_world.reset();
}

void OneDevice::close()
{
    m_parted.reset();
    m_session.reset();
}

void OneDevice::join(quint16 port)
{
    close();
    m_folder = std::make_unique<QTemporaryDir>();
    m_kept.clear();
    m_token = m_world->token(ServerWorld::kim);
    const QString server = str("http://127.0.0.1:%1").arg(port);
    QVERIFY(ReplicaFile::create(path(), {server, m_world->account(), ServerWorld::kim}, m_world->clock()));
    m_kept.insert(replicaTokenName(QUrl(server), path()), m_token);
    open();
    QTRY_COMPARE(m_session->desk().status().kind, DeskStatus::Kind::current);
    fill();
    QVERIFY(holds("secretword"));
}

void OneDevice::open()
{
    ReplicaSession::Options options;
    options.path = path();
    options.token = Secret(m_token);
    options.pauses = {std::chrono::milliseconds(20), std::chrono::milliseconds(100)};
    m_session = std::move(ReplicaSession::open(options, m_world->clock()).value());
    m_parted = std::make_unique<QSignalSpy>(m_session.get(), &ReplicaSession::parted);
}

/// What lies beside a file.
void OneDevice::fill()
{
    QVERIFY(keepMediaBytes(m_session->workspace().mediaFolder(), "a secretword picture"));
    for (const char *end : {".slice", ".slice-abc"}) {
        QFile file(path() + str(end));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("a secretword slice") > 0);
    }
}

void OneDevice::tellToErase()
{
    const auto told = m_world->workspace().write<bool>(
        Urgency::interactive, [id = parseToken(m_token)->id](Writing &writing) -> Result<bool> {
            return askToErase(writing, id, ServerWorld::kim);
        });
    QVERIFY(told.result().value());
}

bool OneDevice::holds(const char *word) const
{
    QDirIterator files(m_folder->path(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        if (file.open(QIODevice::ReadOnly) && file.readAll().contains(word))
            return true;
    }
    return false;
}

Time OneDevice::erasedAt()
{
    const auto token = m_world->workspace().readNow<std::optional<TokenRecord>>(
        [this](Database &database) { return loadToken(database, parseToken(m_token)->id); });
    return token.value()->erasedAt;
}

void OneDevice::erase(const QStringList &leaves)
{
    close();
    Erasing erasing(path(), storeOf(m_kept), m_world->clock());
    bool hasEnded = false;
    QObject::connect(&erasing, &Erasing::ended, &erasing, [&](const QString &left) {
        QCOMPARE(left, QString());
        hasEnded = true;
    });
    erasing.run();
    QTRY_VERIFY(hasEnded);
    QCOMPARE(left(), leaves);
    QCOMPARE(m_kept.size(), 0);
}

bool OneDevice::report()
{
    ErasedReporting reporting(path(), m_world->clock());
    QSignalSpy ended(&reporting, &ErasedReporting::ended);
    reporting.run();
    return (!ended.isEmpty() || ended.wait(15'000)) && ended.constFirst().constFirst().toBool();
}

} // namespace Earshot
