// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "networks/mastodonsession.h"

namespace Earshot {

/// Who we are on the server and what it can do (Connector::check).
class MastodonCheck final : public Errand<Account>
{
public:
    MastodonCheck(MastodonSession &session, QObject *parent);
};

/// The thread around a message (Connector::thread).
class MastodonThread final : public Errand<QList<RemoteMessage>>
{
public:
    MastodonThread(MastodonSession &session, const KnownMessage &message, QObject *parent);

private:
    void begin();
    void askContext(const QJsonObject &status);

    MastodonSession &m_session;
    QByteArray m_path;
    int m_askedAgain = 0;
};

/// Looks at held messages again (Connector::refresh): twenty at once where the server can, one by one elsewhere.
class MastodonRefresh final : public Errand<Page>
{
public:
    MastodonRefresh(MastodonSession &session, QList<KnownMessage> messages, QObject *parent);

private:
    void step();
    void askMany();
    void takeMany(const QList<KnownMessage> &asked, const Result<MastodonReply> &reply);
    void askOne();
    void add(const QJsonObject &status, const KnownMessage &known);

    MastodonSession &m_session;
    QList<KnownMessage> m_messages; ///< still to be asked for
    QList<KnownMessage> m_single;   ///< to be asked for one by one
    Page m_page;
};

} // namespace Earshot
