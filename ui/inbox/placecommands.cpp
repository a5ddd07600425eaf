// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/inbox/placecommands.h"

#include "ui/shell/commandregistry.h"
#include "ui/shell/icons.h"
#include "ui/shell/queues.h"
#include "ui/shell/roster.h"

#include <QWidget>

namespace Earshot {

PlaceCommands::PlaceCommands(const Roster &roster, CommandRegistry &commands, QWidget *window)
    : QObject(window)
    , m_roster(roster)
    , m_commands(commands)
    , m_window(window)
{
}

void PlaceCommands::addCommands(std::function<void(const ListQuery &)> go)
{
    m_go = std::move(go);
    connect(&m_roster, &Roster::rosterChanged, this, &PlaceCommands::update);
    update();
}

QList<PlaceCommands::Place> PlaceCommands::places() const
{
    const auto named = [](const QString &sentence, const QString &name) {
        return sentence.arg(QString(name).replace(QLatin1Char('&'), QStringLiteral("&&")));
    };
    QList<Place> all;
    for (const ViewRecord &view : m_roster.views()) {
        ListQuery query;
        query.view = View::custom;
        query.uuid = view.uuid;
        all.append({QStringLiteral("go.view.") + view.uuid, named(tr("Go to the view %1"), view.content.name),
                    view.content.search.isEmpty() ? QStringLiteral("open") : QStringLiteral("search"), query});
    }
    for (const TeamRecord &team : m_roster.teams()) {
        if (const auto queue = Queues::ofTeam(team, m_roster.channels()))
            all.append({QStringLiteral("go.team.%1").arg(team.id.value), named(tr("Go to the team %1"), team.name),
                        QStringLiteral("team"), *queue});
    }
    for (const ChannelRecord &channel : m_roster.channels()) {
        ListQuery query;
        query.view = View::channel;
        query.channel = channel.id;
        all.append({QStringLiteral("go.channel.%1").arg(channel.id.value),
                    named(tr("Go to the channel %1"), channel.name.isEmpty() ? channel.address : channel.name),
                    Icons::ofNetwork(channel.network), query});
    }
    for (const TagRecord &tag : m_roster.tags()) {
        ListQuery query;
        query.view = View::tag;
        query.tag = tag.id;
        all.append({QStringLiteral("go.tag.%1").arg(tag.id.value), named(tr("Go to the tag %1"), tag.name),
                    QStringLiteral("tag"), query});
    }
    return all;
}

void PlaceCommands::update()
{
    const QList<Place> now = places();
    if (now == m_places)
        return;
    for (const Place &place : std::as_const(m_places))
        m_commands.remove(place.id);
    m_places = now;
    for (const Place &place : std::as_const(m_places))
        add(place);
    m_commands.restoreKeys();
    m_commands.refresh();
}

void PlaceCommands::add(const Place &place)
{
    Command command;
    command.id = place.id;
    command.text = place.text;
    command.icon = place.icon;
    command.run = [this, query = place.query] { m_go(query); };
    m_commands.add(command);
    m_window->addAction(m_commands.action(place.id));
}

} // namespace Earshot
