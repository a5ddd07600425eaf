// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/inbox/datedialog.h"

#include <QDateTimeEdit>
#include <QDialogButtonBox>
#include <QPushButton>
#include <QVBoxLayout>

namespace Earshot {

DateDialog::DateDialog(const QString &title, Time proposed, Time least, QWidget *parent)
    : QDialog(parent)
    , m_edit(new QDateTimeEdit(toDateTime(proposed).toLocalTime(), this))
{
    setObjectName(QStringLiteral("dateDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(title);
    m_edit->setObjectName(QStringLiteral("dateEdit"));
    m_edit->setAccessibleName(title);
    m_edit->setCalendarPopup(true);
    // Mirrored, it would turn hours and minutes round.
    const QString format = m_edit->displayFormat();
    m_edit->setLayoutDirection(Qt::LeftToRight);
    m_edit->setDisplayFormat(format);
    m_edit->setMinimumDateTime(toDateTime(least).toLocalTime());
    m_edit->setMinimumWidth(fontMetrics().averageCharWidth() * 42);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this);
    buttons->button(QDialogButtonBox::Ok)->setObjectName(QStringLiteral("dateOk"));
    auto *column = new QVBoxLayout(this);
    column->addWidget(m_edit);
    column->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(buttons, &QDialogButtonBox::accepted, this, [this] {
        const Time time = timeFrom(m_edit->dateTime());
        accept();
        Q_EMIT picked(time);
    });
    m_edit->setFocus();
}

} // namespace Earshot
