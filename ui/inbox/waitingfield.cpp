// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/inbox/waitingfield.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QSpinBox>

namespace Earshot {

namespace {

constexpr Duration oneDay = std::chrono::days(1);
constexpr Duration oneHour = std::chrono::hours(1);
constexpr Duration oneMinute = std::chrono::minutes(1);
constexpr Duration longest = std::chrono::days(365);
constexpr int usualHours = 2;

} // namespace

WaitingField::WaitingField(QWidget *parent)
    : QWidget(parent)
    , m_isWanted(new QCheckBox(tr("Waits &longer than"), this))
    , m_number(new QSpinBox(this))
    , m_unit(new QComboBox(this))
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_isWanted);
    row->addWidget(m_number);
    row->addWidget(m_unit);
    row->addStretch(1);
    m_isWanted->setObjectName(QStringLiteral("viewWaits"));
    m_number->setObjectName(QStringLiteral("viewWaitsNumber"));
    m_number->setAccessibleName(tr("Waits longer than"));
    m_unit->setObjectName(QStringLiteral("viewWaitsUnit"));
    m_unit->setAccessibleName(tr("Unit of the waiting time"));
    for (const Duration unit : {oneMinute, oneHour, oneDay})
        m_unit->addItem(QString(), qint64(unit.count()));
    nameUnits();
    setFocusProxy(m_isWanted);
    setValue({});
    showWanted();
    connect(m_isWanted, &QCheckBox::toggled, this, [this] {
        showWanted();
        Q_EMIT valueChanged();
    });
    connect(m_number, &QSpinBox::valueChanged, this, [this] {
        nameUnits();
        Q_EMIT valueChanged();
    });
    connect(m_unit, &QComboBox::currentIndexChanged, this, [this] {
        setLimits();
        Q_EMIT valueChanged();
    });
}

void WaitingField::setValue(Duration value)
{
    m_isWanted->setChecked(value.count() > 0);
    const Duration shown = value.count() > 0 ? value : usualHours * oneHour;
    const auto isWhole = [shown](Duration unit) { return shown % unit == Duration::zero(); };
    const Duration unit = isWhole(oneDay) ? oneDay : isWhole(oneHour) ? oneHour : oneMinute;
    m_unit->setCurrentIndex(m_unit->findData(qint64(unit.count())));
    setLimits();
    m_number->setValue(int(shown / unit));
}

Duration WaitingField::value() const
{
    return m_isWanted->isChecked() ? m_number->value() * unit() : Duration::zero();
}

Duration WaitingField::unit() const
{
    return Duration(m_unit->currentData().toLongLong());
}

void WaitingField::setLimits()
{
    m_number->setRange(1, int(longest / unit()));
}

void WaitingField::nameUnits()
{
    const int number = m_number->value();
    m_unit->setItemText(0, tr("minute(s)", "unit of a waiting time, the number is before it", number));
    m_unit->setItemText(1, tr("hour(s)", "unit of a waiting time, the number is before it", number));
    m_unit->setItemText(2, tr("day(s)", "unit of a waiting time, the number is before it", number));
}

void WaitingField::showWanted()
{
    m_number->setEnabled(m_isWanted->isChecked());
    m_unit->setEnabled(m_isWanted->isChecked());
}

} // namespace Earshot
