// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "desk/desk.h"

#include <QJsonObject>
#include <QMap>
#include <QSet>

#include <optional>

class QMessageBox;

namespace Earshot {

/// Connections that a person gave up while they were made, until they are known to be taken back. Kept with the desk,
/// so that whoever ended the program meanwhile hears of one that stays at the next start. Lives as long as its desk.
class GivenUpConnections final : public QObject
{
    Q_OBJECT

public:
    [[nodiscard]] static GivenUpConnections &of(Desk &desk);

    /// @param address of what is connected @param name as a person calls it
    void add(const QString &address, const QString &name);
    /// One of those that were given up is not there, or its person was told that it is.
    void settle(const QString &address);
    /// It was connected after all, and on purpose.
    void forget(const QString &address);
    /// Those of an earlier start that are among the channels are told of, once; not before all channels are here.
    void tellOfThoseThatStay(QWidget *window);
    /// Who gave it up is elsewhere by now: it must not be pulled from unknown to them. @param why ends with a stop
    static void tellItStays(const QString &name, const QString &why, QWidget *window);

private:
    explicit GivenUpConnections(Desk &desk);
    struct GivenUp
    {
        QString name;
        int open = 0; ///< how many times it was given up and is not settled
    };
    struct Found
    {
        QString setting;
        QList<ChannelRecord> channels;
    };
    [[nodiscard]] QJsonObject earlierIn(const QString &setting) const;
    void save();
    void tell(const Found &found, QWidget *window);

    Desk &m_desk;
    QSet<QString> m_added;                ///< addresses of this start
    QMap<QString, GivenUp> m_names;       ///< by address
    std::optional<QJsonObject> m_earlier; ///< of an earlier start, until they were told; nothing = not read
    bool m_hasLooked = false;
};

} // namespace Earshot
