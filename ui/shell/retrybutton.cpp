// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/shell/retrybutton.h"

namespace Earshot {

RetryButton::RetryButton(const QString &name, QWidget *then, QWidget *parent)
    : QPushButton(tr("Try again"), parent)
    , m_then(then)
{
    setObjectName(name);
    setAccessibleName(text());
    setAutoDefault(false);
    hide();
}

void RetryButton::done()
{
    const bool hadFocus = hasFocus();
    hide();
    if (hadFocus && m_then)
        m_then->setFocus();
}

} // namespace Earshot
