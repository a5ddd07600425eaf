// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/day/teamday.h"
#include "tests/server/wireclient.h"

#include <QJsonArray>
#include <QRandomGenerator>
#include <QThread>

namespace Earshot {

/// One of the team, on a thread of its own: logs in, takes what nobody has, works on it, takes back at times, logs out
/// and in again. Remembers what the server told.
class DayAgent final : public QThread
{
public:
    struct Setting
    {
        quint16 port = 0;
        QString account;
        QString name;
        int index = 0;
        const Clock *clock = nullptr;
        Time end;
        int speed = 1;
        int thinkTime = 0; ///< s of the clock's time
    };
    explicit DayAgent(Setting setting);

    // Once it has ended:
    QSet<QString> applied; ///< actions that had an effect, by id
    QStringList sent;      ///< texts of replies that were to go out
    QStringList withdrawn;
    QStringList wrong;
    int taken = 0;
    int refused = 0;
    int logIns = 0;

protected:
    void run() override;

private:
    [[nodiscard]] std::unique_ptr<WireClient> logIn();
    void leaveAndComeBack();
    void workOnOne();
    void workOn(const QString &conversation);
    void answer(const QString &conversation);
    /// Whether each was applied.
    QList<bool> perform(const QJsonArray &actions);
    void noteOutcome(const QJsonObject &action, const QJsonObject &outcome);
    void think(double share);
    [[nodiscard]] bool chance(int percent) { return m_random.bounded(100) < percent; }

    const Setting m_setting;
    QRandomGenerator m_random;
    std::unique_ptr<WireClient> m_client;
    int m_replies = 0;
};

} // namespace Earshot
