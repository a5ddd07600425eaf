// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/time.h"

#include <QCoreApplication>
#include <QList>
#include <QString>

namespace Earshot {

struct SnoozeTime
{
    QString text;
    Time until;
};

/// The times that a conversation is usually put off to, in local time; only later ones than `now`, soonest first.
class SnoozeTimes final
{
    Q_DECLARE_TR_FUNCTIONS(Earshot::SnoozeTimes)

public:
    [[nodiscard]] static QList<SnoozeTime> from(Time now);
};

} // namespace Earshot
