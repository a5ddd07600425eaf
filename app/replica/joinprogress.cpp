// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "replica/joinprogress.h"

#include <QStringList>

#include <algorithm>

namespace Earshot {

QString toText(const JoinProgress &joining)
{
    return QStringLiteral("%1 %2 %3")
        .arg(qRound(joining.share * 1000))
        .arg(int(joining.isUsable))
        .arg(toMs(joining.at));
}

JoinProgress joiningFromText(const QString &text)
{
    JoinProgress joining;
    const QStringList parts = text.split(QLatin1Char(' '));
    if (parts.size() < 3)
        return joining;
    joining.share = std::clamp(parts.at(0).toInt(), 0, 1000) / 1000.0;
    joining.isUsable = parts.at(1).toInt() != 0;
    joining.at = timeFromMs(parts.at(2).toLongLong());
    return joining;
}

} // namespace Earshot
