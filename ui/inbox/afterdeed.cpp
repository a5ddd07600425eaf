// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/inbox/afterdeed.h"

#include <QSettings>

namespace Earshot::AfterDeed {

namespace {

const char key[] = "list/afterDeed";

} // namespace

Step chosen()
{
    const int stored = QSettings().value(QLatin1StringView(key)).toInt();
    return stored < int(Step::next) || stored > int(Step::list) ? Step::next : Step(stored);
}

void choose(Step step)
{
    QSettings().setValue(QLatin1StringView(key), int(step));
}

} // namespace Earshot::AfterDeed
