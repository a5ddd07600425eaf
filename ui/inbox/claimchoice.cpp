// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/inbox/claimchoice.h"

#include <QSettings>

namespace Earshot::ClaimChoice {

namespace {

const char key[] = "composer/claimsByWriting";

} // namespace

bool byWriting()
{
    return QSettings().value(QLatin1StringView(key), false).toBool();
}

void chooseByWriting(bool claims)
{
    QSettings().setValue(QLatin1StringView(key), claims);
}

} // namespace Earshot::ClaimChoice
