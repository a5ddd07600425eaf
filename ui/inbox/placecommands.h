// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "workspace/queries.h"

#include <QObject>

#include <functional>

class QWidget;

namespace Earshot {

class CommandRegistry;
class Roster;

/// "Go to ..." for each view that somebody made, each team's queue, channel and tag: they come and go with them, and
/// can be given keys as every command. Lives with its window.
class PlaceCommands final : public QObject
{
    Q_OBJECT

public:
    PlaceCommands(const Roster &roster, CommandRegistry &commands, QWidget *window);

    /// To be called once. @param go lists what the person wants
    void addCommands(std::function<void(const ListQuery &)> go);

private:
    struct Place
    {
        QString id; ///< of the command
        QString text;
        QString icon;
        ListQuery query;
        bool operator==(const Place &) const = default;
    };
    [[nodiscard]] QList<Place> places() const;
    void update();
    void add(const Place &place);

    const Roster &m_roster;
    CommandRegistry &m_commands;
    QWidget *m_window;
    std::function<void(const ListQuery &)> m_go;
    QList<Place> m_places;
};

} // namespace Earshot
