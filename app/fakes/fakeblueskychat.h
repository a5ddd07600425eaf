// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/time.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QList>
#include <QString>
#include <QStringList>
#include <QUrlQuery>

#include <functional>

namespace Earshot {

/// The service of direct messages, in memory, in the shapes of the published lexicons (chat.bsky.convo). The real one
/// is not published: what it does beyond them is not known here.
class FakeBlueskyChat final
{
public:
    struct Answer
    {
        int status = 200;
        QJsonObject body;
    };

    /// @return the message's id
    QString send(const QString &from, const QString &to, const QString &text, Time at);
    void remove(const QString &message);
    [[nodiscard]] QStringList textsBetween(const QString &a, const QString &b) const; ///< oldest first
    /// Nobody can write to this account.
    void close(const QString &did) { m_closed.append(did); }

    /// @param method without "chat.bsky.convo."
    [[nodiscard]] Answer answer(const QByteArray &method, const QString &viewer, const QUrlQuery &query,
                                const QJsonObject &body, Time now,
                                const std::function<QJsonObject(const QString &)> &profileOf);

private:
    struct Message
    {
        QString id;
        QString rev;
        QString sender;
        QString text;
        Time at;
        bool isDeleted = false;
    };
    struct Talk
    {
        QString id;
        QString rev;
        QStringList members; ///< sorted
        QList<Message> messages;
    };
    Talk &talkOf(QStringList members);
    [[nodiscard]] QString nextRev();
    [[nodiscard]] static QJsonObject json(const Message &message);
    [[nodiscard]] static QJsonObject json(const Talk &talk,
                                          const std::function<QJsonObject(const QString &)> &profileOf);
    Message &add(Talk &talk, const QString &from, const QString &text, Time at);

    QList<Talk> m_talks;
    QStringList m_closed;
    int m_serial = 0;
};

} // namespace Earshot
