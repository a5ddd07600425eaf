// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "networks/blueskysession.h"

namespace Earshot {

/// Who we are on the network and what can be done there (Connector::check).
class BlueskyCheck final : public Errand<Account>
{
public:
    BlueskyCheck(BlueskySession &session, QObject *parent);

private:
    void askTalks();
    void tell();

    BlueskySession &m_session;
};

/// The thread around a message (Connector::thread).
class BlueskyAround final : public Errand<QList<RemoteMessage>>
{
public:
    BlueskyAround(BlueskySession &session, const KnownMessage &message, QObject *parent);

private:
    void begin();
    void take(const Result<QJsonObject> &reply);

    BlueskySession &m_session;
    QString m_uri;
};

/// Looks at held messages again (Connector::refresh): 25 at once. Absent ones are asked for by themselves, as they may
/// be deleted or their author may have blocked us.
class BlueskyRefresh final : public Errand<Page>
{
public:
    BlueskyRefresh(BlueskySession &session, QList<KnownMessage> messages, QObject *parent);

private:
    void begin();
    void askAbsent();
    void askGates();

    BlueskySession &m_session;
    QList<KnownMessage> m_messages;
    QStringList m_absent;
    Page m_page;
};

} // namespace Earshot
