// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/settings/worksince.h"

#include <QComboBox>
#include <QDateEdit>
#include <QVBoxLayout>

namespace Earshot {

namespace {

enum Choice { fromNow, fromDate, all };

} // namespace

WorkSince::WorkSince(Time now, QWidget *parent)
    : QWidget(parent)
    , m_choice(new QComboBox(this))
    , m_date(new QDateEdit(this))
{
    const QDate today = toDateTime(now).toLocalTime().date();
    m_choice->setObjectName(QStringLiteral("connectWork"));
    m_choice->setAccessibleName(tr("From when on it is work"));
    m_choice->addItem(tr("From now on: what is older arrives as resolved"));
    m_choice->addItem(tr("From a day on: what is older arrives as resolved"));
    m_choice->addItem(tr("All of it: everything that is pulled is open"));
    m_date->setObjectName(QStringLiteral("connectWorkDate"));
    m_date->setAccessibleName(tr("Work from this day on"));
    m_date->setCalendarPopup(true);
    m_date->setMaximumDate(today);
    m_date->setDate(today.addDays(-7));
    m_date->hide();
    setFocusProxy(m_choice);
    // Below: beside it there is no room for what the choice says.
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_choice);
    column->addWidget(m_date, 0, Qt::AlignLeading);
    connect(m_choice, &QComboBox::currentIndexChanged, m_date, [this] { m_date->setVisible(isDate()); });
}

Time WorkSince::since(Time now, Time horizon) const
{
    switch (m_choice->currentIndex()) {
    case fromDate:
        return timeFrom(m_date->date().startOfDay());
    case all:
        return horizon;
    default:
        return now;
    }
}

bool WorkSince::isDate() const
{
    return m_choice->currentIndex() == fromDate;
}

} // namespace Earshot
