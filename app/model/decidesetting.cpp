// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/rules.h"

namespace Earshot {

Verdict Rules::operator()(const Act::ChangeSetting &wish) const
{
    const SettingLimits limits = limitsOf(wish.setting);
    if (wish.value < limits.least || wish.value > limits.most)
        return refuse(RefusalKind::invalid, QStringLiteral("%1 to %2").arg(limits.least).arg(limits.most));
    const int before = valueOf(m_facts.settings, wish.setting);
    Decision decision;
    if (before == wish.value)
        return decision;
    decision.changes.emplace_back(Change::SettingValue{wish.setting, wish.value});
    decision.before = word(wish.setting) + QLatin1Char(' ') + QString::number(before);
    decision.after = word(wish.setting) + QLatin1Char(' ') + QString::number(wish.value);
    decision.inverse = Act::ChangeSetting{wish.setting, before};
    return decision;
}

} // namespace Earshot
