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

    /// @param isFixed the first one cannot be taken off: nobody else would read a private reply
    void setRecipients(const QStringList &recipients, const QStringList &leftOut, bool isFixed);

    /// Of the whole text, as far as it is shown at all.
    [[nodiscard]] QSize sizeHint() const override;

Q_SIGNALS:
    void leftOutChanged(const QStringList &leftOut);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void showNames();
    /// As much as this many pixels hold.
    [[nodiscard]] QString shown(int width) const;

    QString m_text;
    QStringList m_recipients;
    QStringList m_leftOut;
};

} // namespace Earshot
