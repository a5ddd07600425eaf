// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/shell/newonesbutton.h"

#include "ui/shell/announcing.h"
#include "ui/shell/icons.h"

#include <algorithm>

namespace Earshot {

namespace {

constexpr auto betweenAnnouncements = std::chrono::seconds(10);

} // namespace

NewOnesButton::NewOnesButton(QWidget *parent)
    : QToolButton(parent)
{
    setIcon(Icons::icon(QStringLiteral("up")));
    setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    setAutoRaise(true);
    setFocusPolicy(Qt::TabFocus);
    hide();
    m_mayAnnounce.setSingleShot(true);
    m_mayAnnounce.setInterval(betweenAnnouncements);
    connect(&m_mayAnnounce, &QTimer::timeout, this, &NewOnesButton::announceNews);
}

void NewOnesButton::showWaiting(int count, const QString &deed, bool isShown)
{
    setAccessibleName(deed);
    setToolTip(deed);
    m_waiting = count;
    setVisible(count > 0 && isShown);
    m_announced = std::min(m_announced, count);
    if (!m_mayAnnounce.isActive())
        announceNews();
}

/// Said to who cannot see the button; what arrives meanwhile is said together later.
void NewOnesButton::announceNews()
{
    if (m_waiting <= m_announced || !isVisible())
        return;
    m_announced = m_waiting;
    announce(this, accessibleName());
    Q_EMIT announced(accessibleName());
    m_mayAnnounce.start();
}

} // namespace Earshot
