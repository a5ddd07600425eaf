// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/composer/recipientmenu.h"

#include "ui/shell/plainlabel.h"
#include "ui/shell/wording.h"

#include <QMenu>

#include <algorithm>
#include <tuple>

namespace Earshot {

namespace {

constexpr int widest = 420;

/// A mnemonic is ours to give, not a stranger's name's.
QString withoutMnemonic(QString text)
{
    return text.replace(QLatin1Char('&'), QStringLiteral("&&"));
}

} // namespace

RecipientMenu::RecipientMenu(QWidget *parent)
    : QToolButton(parent)
{
    setObjectName(QStringLiteral("composerRecipients"));
    setAutoRaise(true);
    setPopupMode(QToolButton::InstantPopup);
    setToolButtonStyle(Qt::ToolButtonTextOnly);
    setMenu(new QMenu(this));
    hide();
}

void RecipientMenu::setRecipients(const QStringList &recipients, const QStringList &leftOut, const QStringList &fixed)
{
    setVisible(!recipients.isEmpty());
    if (std::tie(recipients, leftOut, fixed) == std::tie(m_recipients, m_leftOut, m_fixed))
        return;
    if (recipients != m_recipients) {
        m_recipients = recipients;
        menu()->clear();
        for (const QString &name : recipients) {
            QAction *action = menu()->addAction(withoutMnemonic(Wording::isolated(name)));
            action->setCheckable(true);
            action->setData(name);
            connect(action, &QAction::triggered, this, [this, name](bool isNamed) {
                if (isNamed)
                    m_leftOut.removeAll(name);
                else
                    m_leftOut.append(name);
                showNames();
                Q_EMIT leftOutChanged(m_leftOut);
            });
        }
    }
    m_leftOut = leftOut;
    m_fixed = fixed;
    const QList<QAction *> actions = menu()->actions();
    for (QAction *action : actions) {
        action->setChecked(isNotified(action->data().toString()));
        action->setEnabled(!m_fixed.contains(action->data().toString()));
    }
    showNames();
}

void RecipientMenu::showNames()
{
    QStringList names;
    for (const QString &name : std::as_const(m_recipients)) {
        if (isNotified(name))
            names.append(Wording::isolated(name));
    }
    const QString text =
        names.isEmpty() ? tr("Nobody is notified") : tr("Notified: %1").arg(names.join(QStringLiteral(", ")));
    m_text = text;
    setText(shown(widest));
    updateGeometry();
    setAccessibleName(text);
    setToolTip(PlainLabel::toolTipOf(text));
    // Else the tooltip, with its markup, would be read.
    setAccessibleDescription(text);
}

QString RecipientMenu::shown(int width) const
{
    return withoutMnemonic(fontMetrics().elidedText(m_text, Qt::ElideRight, width));
}

QSize RecipientMenu::sizeHint() const
{
    const int beside = QToolButton::sizeHint().width() - fontMetrics().size(Qt::TextShowMnemonic, text()).width();
    const QSize whole = fontMetrics().size(Qt::TextShowMnemonic, shown(widest));
    return {whole.width() + beside, QToolButton::sizeHint().height()};
}

void RecipientMenu::resizeEvent(QResizeEvent *event)
{
    QToolButton::resizeEvent(event);
    const int beside = sizeHint().width() - fontMetrics().size(Qt::TextShowMnemonic, shown(widest)).width();
    setText(shown(std::min(widest, width() - beside)));
}

} // namespace Earshot
