// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "await.h"
#include "fakes/fakenetwork.h"
#include "networks/registry.h"

#include <QHash>
#include <QSignalSpy>
#include <QTest>

#include <optional>

namespace Earshot {

/// A clock that a test sets.
class TestClock final : public Clock
{
public:
    [[nodiscard]] Time now() const override { return value; }
    Time value = timeFromMs(1'790'000'000'000);
};

/// One channel with fakes behind it, and what a courier would have stored of it. A network's bench makes its connector.
class ConnectorBench
{
public:
    virtual ~ConnectorBench() = default;

    /// Pulls until nothing more is to be had or something fails. @param mostPages stops earlier
    Done pull(int mostPages = 200);
    /// Those of these messages that did not arrive as work.
    [[nodiscard]] QStringList missingUris(const QStringList &uris) const;
    [[nodiscard]] std::optional<RemoteMessage> stored(const QString &uri) const;
    /// An Outgoing that answers a stored message, as prepare() made it.
    [[nodiscard]] Result<Outgoing> answerToUri(const QString &uri, const QString &text, const QString &clientId);
    [[nodiscard]] int requestsTo(const QString &partOfPath) const;

    TestClock clock;
    FakeTransport transport;
    ChannelAccess access;
    Position position;
    QHash<QString, RemoteMessage> messages;
    QHash<QString, Presence> changes;
    std::optional<Time> gap;
    QString withheld; ///< as the last page told it
    int pages = 0;

protected:
    [[nodiscard]] virtual Connector &speaker() = 0;
};

} // namespace Earshot
