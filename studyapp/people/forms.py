from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms

from studyapp.moments import zones

from .models import User


class NameForm(forms.ModelForm):
    """The name by which others see somebody, and the time zone of whoever teaches."""

    time_zone = forms.ChoiceField(
        choices=lambda: [
            ("", "UTC"),
            *((area, [(name, name) for name in names]) for area, names in zones().items()),
        ],
        label="Your time zone",
        required=False,
        help_text="The dates of your sets are typed and shown in it. Learners see them in theirs.",
    )

    class Meta:
        model = User
        fields = ("name", "time_zone")
        labels = {"name": "Your name"}
        help_texts = {
            "name": "An instructor whose quiz set you take sees it. Leave it empty to be seen by e-mail."
        }
        widgets = {"name": forms.TextInput(attrs={"autocomplete": "name"})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.instance.is_instructor:
            del self.fields["time_zone"]


class Worded:
    """Names the fields of the package's forms in this site's words, and above them only."""

    WORDS = {
        "login": "E-mail address",
        "email": "E-mail address",
        "code": "Code",
        "oldpassword": "Password now",
        "passwordless": "Sign in with it alone, without a password",
    }
    HINTS = {"passwordless": "It then asks for your finger, your face or a PIN."}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = self.WORDS.get(name, field.label)
            field.help_text = self.HINTS.get(name, field.help_text)
            field.widget.attrs.pop("placeholder", None)


class SignInForm(Worded, account.LoginForm):
    pass


class SignUpForm(Worded, account.SignupForm):
    pass


class AddressForm(Worded, account.AddEmailForm):
    pass


class ForgottenForm(Worded, account.ResetPasswordForm):
    pass


class NewPasswordForm(Worded, account.ResetPasswordKeyForm):
    WORDS = {"password1": "New password", "password2": "New password again"}


class ChangePasswordForm(Worded, account.ChangePasswordForm):
    WORDS = Worded.WORDS | NewPasswordForm.WORDS


class FirstPasswordForm(Worded, account.SetPasswordForm):
    WORDS = NewPasswordForm.WORDS


class ProveAddressForm(Worded, account.ConfirmEmailVerificationCodeForm):
    pass


class ProveAgainForm(Worded, account.ReauthenticateForm):
    pass


class SecondProofForm(Worded, mfa.AuthenticateForm):
    pass


class SecondProofAgainForm(Worded, mfa.ReauthenticateForm):
    pass


class AppForm(Worded, totp.ActivateTOTPForm):
    pass


class PasskeyForm(Worded, webauthn.AddWebAuthnForm):
    pass
