// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QToolButton>

namespace Earshot {

/// Who will be notified of a reply: the names on a button, each to be taken off in its menu. Hidden where nobody is.
class RecipientMenu final : public QToolButton
{
    Q_OBJECT

public:
    explicit RecipientMenu(QWidget *parent = nullptr);

    /// @param fixed who of them is notified in any case
    void setRecipients(const QStringList &recipients, const QStringList &leftOut, const QStringList &fixed);

    /// Of the whole text, as far as it is shown at all.
    [[nodiscard]] QSize sizeHint() const override;

Q_SIGNALS:
    void leftOutChanged(const QStringList &leftOut);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    [[nodiscard]] bool isNotified(const QString &name) const
    {
        return m_fixed.contains(name) || !m_leftOut.contains(name);
    }
    void showNames();
    /// As much as this many pixels hold.
    [[nodiscard]] QString shown(int width) const;

    QString m_text;
    QStringList m_recipients;
    QStringList m_leftOut;
    QStringList m_fixed;
};

} // namespace Earshot
