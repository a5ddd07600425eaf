// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "server/hiddentargets.h"

#include <QStringList>

#include <algorithm>

namespace Earshot {

namespace {

constexpr qsizetype longestTarget = 40;

/// An argument that names a row.
struct Target
{
    const char *name;
    const char *statement; ///< gives the row's channel; null = it is the channel, or has none
    int column = 0;
};

constexpr Target targets[] = {
    {"conversation", "select_conversation_channel"},
    {"message", "select_message_channel"},
    {"target", "select_message_channel"},
    {"channel", nullptr},
    {"delivery", "select_delivery", 4},
    {"contact", "select_contact_facts", 2},
    {"from", "select_contact_facts", 2},
    {"into", "select_contact_facts", 2},
    {"team", nullptr},
    {"agent", nullptr},
};

QString idIn(const QJsonObject &arguments, const Target &target)
{
    return arguments.value(QLatin1StringView(target.name)).toString();
}

} // namespace

bool aimsAtHidden(Database &database, const Viewer &viewer, const QJsonObject &arguments)
{
    if (viewer.hidden.isEmpty())
        return false;
    return std::any_of(std::begin(targets), std::end(targets), [&](const Target &target) {
        const qint64 id = idIn(arguments, target).toLongLong();
        if (id <= 0)
            return false;
        if (!target.statement)
            return QLatin1StringView(target.name) == QLatin1StringView("channel") && viewer.hidden.contains(id);
        Statement find = database.statement(target.statement);
        return find.bind("id", id).next() && viewer.hidden.contains(find.integer(target.column));
    });
}

QString targetsOf(const QJsonObject &arguments)
{
    QString text;
    for (const Target &target : targets) {
        if (const QString id = idIn(arguments, target).left(longestTarget); !id.isEmpty())
            text += u' ' + QLatin1StringView(target.name) + u' ' + id;
    }
    return text;
}

} // namespace Earshot
