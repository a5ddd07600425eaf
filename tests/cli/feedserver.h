// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QDateTime>
#include <QList>
#include <QTcpServer>

namespace Earshot {

/// A web server on 127.0.0.1 with one RSS feed at /feed.xml and nothing else. Closes each connection after its answer.
class FeedServer final : public QObject
{
    Q_OBJECT

public:
    struct Item
    {
        QString id;
        QString author;
        QString title;
        QString text;
        QDateTime at;
    };

    FeedServer();

    [[nodiscard]] QString address() const;
    void add(const Item &item) { m_items.append(item); }
    /// From now on it answers 500.
    void breakDown() { m_isBroken = true; }
    /// How often it was asked.
    [[nodiscard]] int requests() const { return m_requests; }

private:
    void onConnection();
    [[nodiscard]] QByteArray answerTo(const QByteArray &request) const;
    [[nodiscard]] QByteArray feed() const;

    QTcpServer m_server;
    QList<Item> m_items;
    bool m_isBroken = false;
    int m_requests = 0;
};

} // namespace Earshot
