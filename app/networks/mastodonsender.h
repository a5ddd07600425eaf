// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "networks/mastodonsession.h"
#include "networks/ownsearch.h"

namespace Earshot {

/// Puts names, visibility and content warning of an answer in order (Connector::prepare).
[[nodiscard]] Result<Outgoing> prepareReply(Outgoing wish, const RemoteMessage &target, const MastodonSession &session);

/// Carries out one Outgoing (Connector::deliver).
class MastodonDelivery final : public Errand<Delivered>
{
public:
    /// @param mediaPoll how long to wait before asking again whether the server has worked a medium through
    MastodonDelivery(MastodonSession &session, Outgoing outgoing, Duration mediaPoll, QObject *parent);

private:
    void begin();
    void uploadNext();
    void takeUpload(const Result<MastodonReply> &reply);
    void waitForMedium(const QString &id, int tries);
    void post();
    void react();
    void deletePost();
    void takeReply(const Result<MastodonReply> &reply);
    void fail(const Error &error);

    MastodonSession &m_session;
    Outgoing m_outgoing;
    Duration m_mediaPoll;
    QStringList m_mediaIds;
    QList<ScaledMedium> m_scaled;
};

/// Looks for what an Outgoing's earlier attempt left (Connector::findDelivered).
class MastodonSearch final : public Errand<std::optional<Delivered>>
{
public:
    MastodonSearch(MastodonSession &session, Outgoing outgoing, Attempt attempt, QObject *parent);

private:
    void begin();
    void lookAtTarget();
    void lookAtOwnPosts(const QByteArray &path);
    void lookAtContext();
    [[nodiscard]] bool isMatch(const QJsonObject &status) const;
    [[nodiscard]] std::optional<Delivered> matchIn(const QJsonArray &statuses);

    MastodonSession &m_session;
    Outgoing m_outgoing;
    OwnSearch m_search;
};

} // namespace Earshot
