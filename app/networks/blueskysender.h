// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "networks/blueskyrecord.h"
#include "networks/blueskysession.h"
#include "networks/blueskytext.h"
#include "networks/linkcard.h"

namespace Earshot {

/// Connector::prepare: nothing is added, as the network tells those answered by itself.
[[nodiscard]] Result<Outgoing> prepareReply(Outgoing wish, const RemoteMessage &target, const BlueskySession &session);

/// Carries out one delivery (Connector::deliver). A post, like or repost is put under its own key with the demand that
/// nothing is there (`swapRecord` null): the server takes the same record again without making a second one, and
/// refuses another.
class BlueskyDelivery final : public Errand<Delivered>
{
public:
    BlueskyDelivery(BlueskySession &session, Outgoing outgoing, QObject *parent);

private:
    void begin();
    void lookAtTarget();
    void onTarget(const QJsonObject &post);
    void resolveNext();
    void uploadNext();
    void lookAtLink();
    void putCard(const LinkCard &card);
    void putPost(const QJsonObject &embed);
    void put(const QByteArray &collection, const QJsonObject &record);
    void onPut(const QByteArray &collection, const QJsonObject &record, const Result<QJsonObject> &reply);
    void endSent(const QString &uri, const QString &cid);
    void compare(const QByteArray &collection, const QJsonObject &record);
    void remove(const AtUri &uri);
    [[nodiscard]] QString now() const { return toIso(m_outgoing.createdAt); }
    void fail(const Error &error) { end(tl::unexpected(error)); }
    void fail(ErrorKind kind, const QString &detail) { fail(Error{.kind = kind, .detail = detail, .until = {}}); }

    BlueskySession &m_session;
    Outgoing m_outgoing;
    QList<TextFacet> m_facets;
    QStringList m_unresolved; ///< handles
    QHash<QString, QString> m_dids;
    QJsonArray m_images;
    QList<ScaledMedium> m_scaled;
};

} // namespace Earshot
